"""Work off the GUI thread."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mtlsgui.errors import MtlsguiError
from mtlsgui.gui.jobs import Jobs, Progress, TaskCancelled, TaskControl, crash_details


def test_a_result_comes_back_in_the_gui_thread(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[tuple[str, int, int]] = []
    task = jobs.run_task(
        lambda _: threading.get_ident(),
        lambda worker: seen.append(("done", worker, threading.get_ident())),
        title="Counting",
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert task.is_finished
    [(_, worker, deliverer)] = seen
    assert worker != deliverer == threading.get_ident()


def test_no_result_comes_before_the_caller_has_its_task(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Done(Future[int]):
        """Is done as soon as it is asked for news, as with a task that takes no time."""

        def add_done_callback(self, fn: Callable[[Future[int]], object]) -> None:
            self.result()
            super().add_done_callback(fn)

    monkeypatch.setattr("concurrent.futures.thread._base.Future", Done)
    seen: list[int] = []
    jobs.run_task(lambda _: 1, seen.append, title="Quick")
    assert seen == []
    qtbot.waitUntil(lambda: seen == [1])


def test_a_known_error_goes_to_its_handler_or_else_to_failed(qtbot: QtBot, jobs: Jobs) -> None:
    def fail(_control: TaskControl) -> None:
        raise MtlsguiError("The keyring is locked")

    handled: list[MtlsguiError] = []
    jobs.run_task(fail, lambda _: None, handled.append, title="A")
    qtbot.waitUntil(lambda: len(handled) == 1)
    with qtbot.waitSignal(jobs.failed) as caught:
        jobs.run_task(fail, lambda _: None, title="B")
    assert caught.args is not None
    assert caught.args[0].title == "The keyring is locked"


def test_a_bug_is_told_apart_and_its_message_is_kept_out(qtbot: QtBot, jobs: Jobs) -> None:
    def bug(_control: TaskControl) -> None:
        raise ValueError("hunter2")

    handled: list[MtlsguiError] = []
    with qtbot.waitSignal(jobs.crashed) as caught:
        jobs.run_task(bug, lambda _: None, handled.append, title="Exporting")
    assert caught.args is not None
    title, details = caught.args
    assert title == "Exporting"
    assert "ValueError" in details
    assert "in bug" in details
    assert "hunter2" not in details
    assert not handled


def test_progress_and_cancelling(qtbot: QtBot, jobs: Jobs) -> None:
    go = threading.Event()
    done: list[str] = []

    def work(control: TaskControl) -> str:
        control.report(1, 10, "first")
        go.wait(10)
        control.report(2, 10)
        return "not reached"

    task = jobs.run_task(work, done.append, title="Importing", cancellable=True)
    qtbot.waitUntil(lambda: task.progress == Progress(1, 10, "first"))
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: task.is_finished)
    assert done == []
    assert jobs.running == 0


def test_a_task_that_cannot_be_cancelled_goes_on(qtbot: QtBot, jobs: Jobs) -> None:
    go = threading.Event()
    done: list[bool] = []

    def work(control: TaskControl) -> bool:
        go.wait(10)
        return control.cancelled

    task = jobs.run_task(work, done.append, title="Issuing")
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: task.is_finished)
    assert done == [False]


def test_buttons_are_freed_however_a_task_ends(qtbot: QtBot, jobs: Jobs) -> None:
    freed: list[str] = []

    def fail(_control: TaskControl) -> None:
        raise MtlsguiError("No")

    def stop(_control: TaskControl) -> None:
        raise TaskCancelled

    for name, work in (("well", lambda _: None), ("failed", fail), ("stopped", stop)):
        jobs.run_task(
            work,
            lambda _: None,
            lambda _: None,
            title=name,
            on_finished=partial(freed.append, name),
        )
    qtbot.waitUntil(lambda: jobs.running == 0)
    assert sorted(freed) == ["failed", "stopped", "well"]


def test_only_long_tasks_are_shown(qtbot: QtBot, jobs: Jobs) -> None:
    go = threading.Event()
    quick = jobs.run_task(lambda _: None, lambda _: None, title="Quick")
    slow = jobs.run_task(lambda _: go.wait(10), lambda _: None, title="Slow")
    with qtbot.waitSignal(jobs.shown_changed):
        pass
    assert jobs.shown == [slow]
    assert quick not in jobs.shown
    go.set()
    qtbot.waitUntil(lambda: slow.is_finished)
    assert jobs.shown == []


def test_callbacks_of_a_destroyed_owner_are_dropped(qtbot: QtBot, jobs: Jobs) -> None:
    go = threading.Event()
    done: list[bool] = []
    owner = QObject()
    task = jobs.run_task(lambda _: go.wait(10), done.append, title="Reading", owner=owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    go.set()
    qtbot.waitUntil(lambda: task.is_finished)
    assert done == []


def test_closing_drains_the_work_and_ends_the_threads(qtbot: QtBot) -> None:
    jobs, ran, go = Jobs(), [], threading.Event()

    def promised(number: int, _control: TaskControl) -> None:
        go.wait(10)
        ran.append(number)

    def endless(control: TaskControl) -> None:
        while True:
            control.check()

    for number in range(4):
        jobs.run_task(partial(promised, number), lambda _: None, title="Issuing")
    jobs.run_task(endless, lambda _: None, title="Scanning", cancellable=True)
    go.set()
    assert jobs.close()
    assert sorted(ran) == [0, 1, 2, 3]
    assert not [t for t in threading.enumerate() if t.name.startswith("mtlsgui-task")]
    late = jobs.run_task(lambda _: ran.append(4), lambda _: None, title="Too late")
    assert late.is_finished
    assert sorted(ran) == [0, 1, 2, 3]


def test_closing_reports_a_task_that_does_not_end(qtbot: QtBot) -> None:
    jobs, go = Jobs(), threading.Event()
    jobs.run_task(lambda _: go.wait(30), lambda _: None, title="A prompt")
    assert not jobs.close(wait_seconds=0.05)
    go.set()


def test_many_results_all_arrive_once(qtbot: QtBot, jobs: Jobs) -> None:
    arrived: list[int] = []

    def same(number: int, _control: TaskControl) -> int:
        return number

    for number in range(300):
        jobs.run_task(partial(same, number), arrived.append, title="Small")
    qtbot.waitUntil(lambda: jobs.running == 0)
    assert sorted(arrived) == list(range(300))


def test_crash_details_name_the_way_there() -> None:
    try:
        raise KeyError("secret")
    except KeyError as error:
        details = crash_details(error)
    assert "test_jobs.py" in details
    assert "secret" not in details.replace("test_crash_details", "")
