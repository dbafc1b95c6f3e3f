"""Wire our site in place of Django's, and read our own apps' admin modules only."""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig

ADMIN_MODULES = ("portal.admin", "exchanges.admin", "resources.admin", "accounts.admin")


class AdministrationConfig(SimpleAdminConfig):
    """Django's admin app; other packages' admin modules are never loaded."""

    default = True
    default_site = "portal.administration.site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        for name in ADMIN_MODULES:
            import_module(name)
