"""Keys in every form: PKCS#8 and what was before it, SSH, PuTTY, Microsoft, JWK."""
