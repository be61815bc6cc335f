from mtlsgui.inventory.inventory import Inventory


def test_settings_are_kept(inventory: Inventory) -> None:
    settings = inventory.settings
    settings.set("vault.kind", "file")
    settings.set("warn.days", 30)
    settings.set("ask", False)
    settings.set("vault.kind", "keyring")
    assert settings.get("vault.kind") == "keyring"
    assert settings.get_int("warn.days", 21) == 30
    assert settings.get_bool("ask", True) is False
    assert settings.all() == {"ask": "false", "vault.kind": "keyring", "warn.days": "30"}
    settings.remove("ask")
    assert settings.get("ask") is None


def test_defaults_stand_in_for_what_is_not_there_or_not_a_number(inventory: Inventory) -> None:
    assert inventory.settings.get("none") is None
    assert inventory.settings.get_int("none", 21) == 21
    assert inventory.settings.get_bool("none", True) is True
    inventory.settings.set("days", "many")
    assert inventory.settings.get_int("days", 21) == 21
