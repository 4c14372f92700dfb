"""Every function that writes to the store asks for a role, or is out of reach of a browser; none can be forgotten."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import RoleError
from geo.pipeline import Build
from geo.review.decisions import Decision
from geo.review.queue import review_queue
from geo.review.subjects import subject_of
from geo.store.accounts import disable
from geo.store.ledger import Store
from geo.store.rebuild import rebuild
from geo.store.reviews import ReviewDesk
from geo.store.verify import verify

ROOT = Path(__file__).resolve().parents[2]
ASKS_FOR_A_ROLE = {"ReviewDesk.decide", "ReviewDesk.confirm", "ReviewDesk.undo", "rebuild"}
WRITES_NO_FACTS = {"ReviewDesk.refresh", "Ledger.refresh"}
"""What is derived from the entries is brought up to date with them."""
LETS_IN = {"check_password", "LoginLimit.begin", "LoginLimit.forgive", "begin_session", "end_session"}
COMMAND_LINE = {
    "Ledger.append", "Ledger.withdraw", "Store.ingest", "ingest", "ingest_folders", "backup", "restore", "add_account",
    "set_password", "set_role", "disable", "accept_settings",
}  # fmt: skip
"""For who runs this machine: pages do not use them."""
OPENS = {"Store.__init__", "Store", "prepare"}
_BEGINS = "writing"
_NAMES_OF_LISTS = {"append", "__init__"}


def calls_of(function: ast.AST) -> set[str]:
    """The names of everything that a function calls."""
    called = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)}
    return {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in called}


def writers() -> set[str]:
    """The public functions and methods of geo.store from which a writing transaction can be reached."""
    functions: dict[str, set[str]] = {}
    for file in sorted((ROOT / "geo" / "store").glob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                functions[node.name] = calls_of(node)
            elif isinstance(node, ast.ClassDef):
                methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
                functions |= {f"{node.name}.{each.name}": calls_of(each) for each in methods}
    reached, called = {_BEGINS}, {_BEGINS}
    while new := {name for name, calls in functions.items() if calls & called and name not in reached}:
        reached |= new
        called |= {name.split(".")[-1] for name in new} - _NAMES_OF_LISTS
    public = {name for name in reached if not any(part.startswith("_") for part in name.split("."))}
    return public - {_BEGINS}


def test_every_writer_is_known() -> None:
    known = ASKS_FOR_A_ROLE | WRITES_NO_FACTS | LETS_IN | COMMAND_LINE | OPENS
    unknown = writers() - known
    assert not unknown, "say in this test who may call it, and check the role in it if a page may"
    assert not known - OPENS - writers(), "these do not write any more"


def test_pages_reach_none_that_asks_for_no_role() -> None:
    pages = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "ui").glob("*.py")]
    forbidden = {name.split(".")[-1] for name in COMMAND_LINE} - _NAMES_OF_LISTS
    for page in pages:
        tree = ast.parse(page.read_text("utf-8"))
        sources = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
        imported = {name.name for each in sources if str(each.module).startswith("geo.store") for name in each.names}
        assert not imported & {*COMMAND_LINE, "Ledger", "Row", "Writer", "writing"}, page.name
        assert not calls_of(tree) & forbidden, page.name


@pytest.mark.parametrize("user_id", ["vera", "nobody", "", "gone", "rita\0", "' or 1=1 --"])
def test_none_writes_without_the_role(
    store: Store, desk: ReviewDesk, waiting_build: Build, tmp_path: Path, user_id: str
) -> None:
    disable(store.engine, "rolf")
    user_id = "rolf" if user_id == "gone" else user_id
    subject = subject_of(waiting_build, next(review_queue(waiting_build, desk.records()).itertuples()))
    crafted: dict[str, Callable[[], object]] = {
        "ReviewDesk.decide": lambda: desk.decide(user_id, subject, Decision("accept", 0)),
        "ReviewDesk.confirm": lambda: desk.confirm(user_id, subject, 0),
        "ReviewDesk.undo": lambda: desk.undo(user_id, "r1", 0),
        "rebuild": lambda: rebuild(store, "small", tmp_path / "built", user_id),
    }
    assert set(crafted) == ASKS_FOR_A_ROLE
    before = verify(store.engine)
    for write in crafted.values():
        with pytest.raises(RoleError):
            write()
    assert verify(store.engine) == before
    assert not (tmp_path / "built").exists()
