"""Wrong passwords: who tries has to wait, nobody else is locked out, and nothing says which accounts there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from geo.errors import LoginError
from geo.store.accounts import check_password
from geo.store.ledger import Store
from geo.store.login_limit import LoginLimit, Tries
from geo.store.tables import login_tries
from tests.review.conftest import PASSWORD

HERE, THERE = "192.0.2.1", "198.51.100.7"
LIMIT = LoginLimit()


class Clock:
    """A limit whose time goes on when it is told to; `paused_s` are the pauses that logins were given."""

    def __init__(self, **sizes: float) -> None:
        self.time, self.paused_s = datetime(2026, 1, 1, tzinfo=UTC), []
        self.limit = LoginLimit(now=lambda: self.time, pause=self.paused_s.append, **sizes)

    def tries(self, store: Store, user_id: str, password: str, address: str | None) -> str:
        """What the person sees: "in", "wrong", or for how long they have to wait."""
        try:
            check_password(store.engine, user_id, password, self.limit, address)
        except LoginError as error:
            return str(error).removeprefix("Too many wrong tries from here. Try again in ")
        return "in"


def is_refused(said: str) -> bool:
    return said.endswith(("seconds.", "minutes."))


def test_who_guesses_waits_longer_with_each_try_and_the_owner_does_not(store: Store) -> None:
    clock, waits_s = Clock(), []
    for _ in range(14):
        said = clock.tries(store, "rita", "not this one", HERE)
        while is_refused(said):
            waits_s.append(int(said.split()[0]) * (60 if "minutes" in said else 1))
            clock.time += timedelta(seconds=waits_s[-1])
            said = clock.tries(store, "rita", "not this one", HERE)
        assert "wrong" in said
    assert waits_s[:4] == [11, 21, 41, 81]
    assert waits_s == sorted(waits_s)
    assert max(waits_s) <= LIMIT.longest_wait_s + 60
    assert clock.tries(store, "rita", PASSWORD, THERE) == "in"
    assert is_refused(clock.tries(store, "rita", PASSWORD, HERE)), "even the right one comes too early from there"
    clock.time += LIMIT.within
    assert clock.tries(store, "rita", PASSWORD, HERE) == "in"


def test_who_tries_many_names_waits_too(store: Store) -> None:
    clock = Clock()
    said = [clock.tries(store, f"name{number}", "guess", HERE) for number in range(LIMIT.free_address + 2)]
    assert [is_refused(each) for each in said] == [False] * LIMIT.free_address + [True] * 2
    assert clock.tries(store, "rita", PASSWORD, THERE) == "in"


def test_addresses_of_one_net_count_together(store: Store) -> None:
    clock = Clock()
    for number in range(LIMIT.free_here):
        clock.tries(store, "rita", "guess", f"2001:db8::{number:x}")
    assert is_refused(clock.tries(store, "rita", "guess", "2001:db8::ffff:1"))
    assert clock.tries(store, "rita", PASSWORD, "2001:db8:0:1::1") == "in"
    for number in range(LIMIT.free_here):
        clock.tries(store, "rolf", "guess", HERE if number % 2 else f"::ffff:{HERE}")
    assert is_refused(clock.tries(store, "rolf", PASSWORD, HERE))


def test_where_no_address_is_known_one_account_is_held_up_for_a_minute(store: Store) -> None:
    clock = Clock()
    for _ in range(40):
        clock.tries(store, "rita", "guess", None)
        clock.time += timedelta(seconds=30)
    assert clock.tries(store, "rolf", PASSWORD, None) == "in"
    clock.time += timedelta(seconds=LIMIT.longest_wait_unknown_s)
    assert clock.tries(store, "rita", PASSWORD, None) == "in"


def test_many_tries_slow_logins_and_refuse_none(store: Store) -> None:
    clock = Clock(free_in_all=3, free_account=2, longest_pause_s=0.3)
    for number in range(8):
        assert "wrong" in clock.tries(store, "rita", "guess", f"192.0.2.{number}")
    assert clock.tries(store, "rolf", PASSWORD, THERE) == "in"
    assert clock.paused_s == sorted(clock.paused_s)
    assert clock.paused_s[-1] == 0.3


TRY = st.tuples(
    st.sampled_from(["rita", "rolf", "nobody"]), st.sampled_from(["a", "b", "c"]), st.integers(0, 400), st.booleans()
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TRY, max_size=25))
def test_whatever_others_do_a_person_elsewhere_gets_in(store: Store, tries: list[tuple[str, str, int, bool]]) -> None:
    with store.engine.begin() as connection:
        connection.execute(delete(login_tries))
    clock = Clock(free_here=1, free_address=2)
    for user_id, address, seconds, is_right in tries:
        clock.time += timedelta(seconds=seconds)
        clock.tries(store, user_id, PASSWORD if is_right else "guess", address)
    assert clock.tries(store, "rita", PASSWORD, "elsewhere") == "in"
    assert max(clock.paused_s, default=0) <= LIMIT.longest_pause_s


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 120)), max_size=12))
def test_an_account_that_is_not_there_is_like_one_that_is(store: Store, tries: list[tuple[str | None, int]]) -> None:
    said = []
    for user_id in ("rita", "nobody"):
        with store.engine.begin() as connection:
            connection.execute(delete(login_tries))
        clock = Clock(free_here=2)
        answers = []
        for address, seconds in tries:
            clock.time += timedelta(seconds=seconds)
            answers.append(clock.tries(store, user_id, "guess", address))
        said.append((answers, clock.paused_s))
    assert said[0] == said[1]


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0, 4000), st.booleans())
def test_a_wait_grows_with_tries_shrinks_with_time_and_has_an_end(
    here: int, address: int, ago_s: float, is_known: bool
) -> None:
    tries = Tries(here, ago_s, address, ago_s, here, here + address)
    wait_s = LIMIT.wait_s(tries, is_known)
    longest_s = LIMIT.longest_wait_s if is_known else LIMIT.longest_wait_unknown_s
    assert 0 <= wait_s <= longest_s
    assert LIMIT.wait_s(tries._replace(here=here + 1), is_known) >= wait_s
    assert LIMIT.wait_s(tries._replace(here_ago_s=ago_s + 1, address_ago_s=ago_s + 1), is_known) <= wait_s
    assert 0 <= LIMIT.pause_s(tries) <= LIMIT.longest_pause_s


def test_servers_count_wrong_tries_together(store: Store) -> None:
    limit = LoginLimit(free_here=3)

    def tries(_: int) -> str:
        server = Store(store.engine.url, busy_timeout_s=20)  # as another process has one
        try:
            check_password(server.engine, "rita", "wrong password", limit, HERE)
        except LoginError as error:
            return str(error)
        finally:
            server.close()
        return "let in"

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(tries, range(12)))
    assert sum("wrong." in each for each in said) == 3
    assert sum("Too many" in each for each in said) == 9
