"""Signing in and out: allauth's views, bent to JOURNEYS' order (code, then password, then passkey)."""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.people import alike
from accounts.people.actions import forget_kept_texts
from accounts.people.entrance import note_shared
from accounts.people.forms import PasswordSignInForm, ResetPasswordForm, SignInForm
from foundation.limits.actions import take
from foundation.limits.address import client_address


def _count_code_mail(request: HttpRequest, to: str) -> None:
    """Count a code asked for, known address or not; raise TooManyTries past the limit."""
    take("code_mail", target=to, address=client_address(request))


class SignInView(allauth_views.RequestLoginCodeView):
    """Ask who one is; send a code to an address, or go on to the password."""

    form_class = SignInForm
    template_name = "account/login.html"

    def form_valid(self, form: SignInForm) -> HttpResponse:
        note_shared(self.request, form.cleaned_data["shared"])
        typed = form.cleaned_data["email"]
        if "@" not in typed or self.request.POST.get("way") == "password":
            return password_page(self.request, typed)
        _count_code_mail(self.request, typed)
        if form._user is None:
            alike.post_to_nobody()
        return super().form_valid(form)


class PasswordSignInView(allauth_views.LoginView):
    """Name and password."""

    form_class = PasswordSignInForm
    template_name = "account/login_password.html"


def password_page(request: HttpRequest, typed: str) -> HttpResponse:
    """Show the password's page with the name already there; it never travels in an address."""
    view = PasswordSignInView()
    view.setup(request)
    form = PasswordSignInForm(request=request, initial={"login": typed})
    return view.render_to_response(view.get_context_data(form=form))


class ConfirmCodeView(allauth_views.ConfirmLoginCodeView):
    """Type the mailed code; a new one counts like the first."""

    def post(self, *args: object, **kwargs: object) -> HttpResponseBase:
        alike.read_somebody(self._process)
        return super().post(*args, **kwargs)

    def _resend_form_valid(self, form: object) -> HttpResponse:
        process: LoginCodeVerificationProcess = self._process
        _count_code_mail(self.request, process.state["email"])
        if process.user is None:
            alike.post_to_nobody()
        return super()._resend_form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class PasskeySignInView(LoginWebAuthnView):
    """Sign in by passkey alone."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        take("passkey", address=client_address(request))
        return super().dispatch(request, *args, **kwargs)


class PasswordResetView(allauth_views.PasswordResetView):
    """Ask for a code to choose a new password."""

    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:
        _count_code_mail(self.request, form.cleaned_data["email"])
        if not form.users:
            alike.post_to_nobody()
        return super().form_valid(form)


class ConfirmResetCodeView(allauth_views.ConfirmPasswordResetCodeView):
    """Type the code that was mailed to choose a new password."""

    def form_invalid(self, form: object) -> HttpResponse:
        alike.read_somebody(self._process)
        return super().form_invalid(form)


class SignOutView(allauth_views.LogoutView):
    """Sign out, and have the browser forget the site's pages (DESIGN §6)."""

    def post(self, *args: object, **kwargs: object) -> HttpResponseBase:
        user = self.request.user
        if user.is_authenticated:
            forget_kept_texts(user)
        response = super().post(*args, **kwargs)
        if user.is_authenticated:
            clear_site(response)
        return response


def clear_site(response: HttpResponseBase) -> None:
    """Ask the browser to drop stored pages and data; cookies stay, among them the chosen language."""
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"


@login_not_required
@never_cache
def ask_code(request: HttpRequest) -> HttpResponse:
    """allauth's own page for a code is our first page."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse("account_login") + query)
