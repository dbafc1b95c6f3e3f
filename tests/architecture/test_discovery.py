"""Django discovers models and admins at an app's root only: what a feature holds must be gathered there."""

import ast
import importlib

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.tree import APPS, BASE_DIR, folders, has_room

WITH_MODELS = [(app, folder.name) for app in APPS for folder in folders(app) if has_room(folder, "models")]
WITH_ADMIN = [(app, folder.name) for app in APPS for folder in folders(app) if has_room(folder, "admin")]


def imported_by_root(app: str, room: str) -> set[str]:
    """Modules that <app>/<room>.py imports, read without running it."""
    path = BASE_DIR / app / f"{room}.py"
    if not path.exists():
        return set()
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize(("app", "feature"), WITH_MODELS)
def test_the_models_of_every_feature_are_gathered(app, feature):
    assert f"{app}.{feature}.models" in imported_by_root(app, "models")


@pytest.mark.parametrize(("app", "feature"), WITH_MODELS)
def test_every_model_of_a_feature_is_in_the_registry_under_its_app(app, feature):
    module = importlib.import_module(f"{app}.{feature}.models")
    defined = {
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Model)
        and value.__module__ == module.__name__
        and not value._meta.abstract
    }
    assert defined <= set(apps.get_app_config(app).get_models())


def test_the_admin_of_every_feature_is_gathered():
    missing = [
        f"{app}.{feature}"
        for app, feature in WITH_ADMIN
        if not any(name.startswith(f"{app}.{feature}.admin") for name in imported_by_root(app, "admin"))
    ]
    assert not missing


def test_what_is_compared_is_there():
    """Twin: the comparison sees features at all."""
    assert ("resources", "catalogue") in WITH_MODELS
    assert ("accounts", "people") in WITH_MODELS
