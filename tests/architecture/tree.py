"""The portal's folders and import graph, as the architecture tests read them."""

from functools import lru_cache
from pathlib import Path

import grimp

BASE_DIR = Path(__file__).resolve().parent.parent.parent
APPS = ("portal", "exchanges", "resources", "accounts", "foundation")
# A folder that holds one of these rooms is a feature (DESIGN §3).
ROOMS = ("urls", "views", "forms", "actions", "policy", "tasks", "models")
# Folders that Django or Python asks for, which hold no feature.
NO_FEATURE = frozenset({"management", "migrations", "templatetags", "starter", "__pycache__"})


@lru_cache(maxsize=1)
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*APPS, cache_dir=None)


def folders(app: str) -> list[Path]:
    """The folders of code that stand directly in an app."""
    return sorted(
        path
        for path in (BASE_DIR / app).iterdir()
        if path.is_dir() and path.name not in NO_FEATURE and any(path.rglob("*.py"))
    )


def has_room(folder: Path, room: str) -> bool:
    """A room is a module or a package of that name."""
    return (folder / f"{room}.py").exists() or (folder / room / "__init__.py").exists()


def features() -> dict[str, Path]:
    """{"resources.catalogue": its folder, …} of what is a feature; the foundation knows none."""
    return {
        f"{app}.{folder.name}": folder
        for app in APPS
        if app != "foundation"
        for folder in folders(app)
        if any(has_room(folder, room) for room in ROOMS)
    }


def imports_of(module: str) -> set[str]:
    """What `module` itself, not its descendants, imports."""
    return set(graph().find_modules_directly_imported_by(module))


def inside(module: str) -> set[str]:
    """`module` and, where it is a package, what stands in it."""
    return {module, *graph().find_descendants(module)}
