"""A harvest from the first request to the manifest; run again, it goes on where it stopped."""

from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path

from bibnet.harvest.authors import complete_authors
from bibnet.harvest.disk import only_harvest
from bibnet.harvest.planning import Plan
from bibnet.harvest.progress import Counter, Watch, unwatched
from bibnet.harvest.record import MANIFEST, Harvest, harvest_of, write_record
from bibnet.harvest.recover import open_ledger
from bibnet.harvest.schedule import Schedule, make_schedule, read_schedule
from bibnet.harvest.source import Source, StoppedError
from bibnet.harvest.walk import Job, check_years, walk_partition
from bibnet.schema.errors import Fault, SourceError

Say = Callable[[str], None]


def harvest(
    plan: Plan,
    folder: Path,
    source: Source,
    *,
    say: Say,
    watch: Watch = unwatched,
) -> Harvest:
    """Bring everything a plan asks for into `folder`, resuming what is there.

    `say` takes lines for the user, the estimate among them, before the first page;
    `watch` takes the progress after each page. Raises UsageError (another harvest in the
    folder, cost limit, disk), InputError (nothing to harvest), BudgetError (resume
    later) or SourceError (given up, or works are missing at the end); whatever happens,
    what has been received stays and the manifest says how far it is.
    """
    with only_harvest(folder):
        schedule = read_schedule(folder, plan)
        ledger = open_ledger(folder, say)
        source.meter.earlier = ledger.credits
        source.stop.clear()
        fresh = schedule is None
        schedule = schedule or make_schedule(folder, plan, source)
        say(("estimate: " if fresh else "resuming; estimate was: ") + schedule.estimate)
        for note in plan.notes:
            say(note)
        job = Job(plan, source, ledger, Counter(source, ledger, schedule.works, watch))
        return _carry_out(job, schedule, say)


def _carry_out(job: Job, schedule: Schedule, say: Say) -> Harvest:
    _account(job)
    try:
        _walk_all(job, schedule)
        check_years(job, schedule.partitions)
        if job.plan.entity == "works":
            complete_authors(job, say)
    except BaseException:
        job.source.stop.set()
        _account(job)
        write_record(job, schedule, harvest_of(job, schedule, finished=False))
        raise
    _account(job)
    done = harvest_of(job, schedule, finished=True)
    write_record(job, schedule, done)
    if not done.complete:
        raise _incomplete(done)
    say(f"harvested {done.distinct:,} {job.plan.entity}, {done.credits:,} credits")
    return done


def _account(job: Job) -> None:
    """Enter credits that no page accounts for, so that the sum over all sessions is right."""
    spent = job.source.meter.total - job.ledger.credits
    if spent > 0:
        job.ledger.append({"event": "session", "credits": spent})


def _walk_all(job: Job, schedule: Schedule) -> None:
    open_parts = [p for p in schedule.partitions if not job.ledger.walk(p.name).complete]
    with ThreadPoolExecutor(job.source.limits.workers) as pool:
        walks = [pool.submit(walk_partition, job, part) for part in open_parts]
        try:
            wait(walks, return_when=FIRST_EXCEPTION)
            _raise_first(walks)
        except BaseException:
            job.source.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _raise_first(walks: list[Future[None]]) -> None:
    """Raise what one of the walks has raised, if any has."""
    errors = [walk.exception() for walk in walks if walk.done() and not walk.cancelled()]
    told = [error for error in errors if error and not isinstance(error, StoppedError)]
    if told:
        raise told[0]


def _incomplete(done: Harvest) -> SourceError:
    names = ", ".join(f"{name} ({number:,})" for name, number in sorted(done.missing.items()))
    return SourceError(
        Fault(
            f"the source gave {sum(done.missing.values()):,} works fewer than it announced",
            f"{done.folder / MANIFEST}: {names}",
            "run it again; the partitions named are walked anew",
        )
    )
