/// The pages for people who are not signed in, or not yet.
enum EntryRoutes {
    static let all = [
        PageRoute("sign-in", SignInPage()), PageRoute("sign-up", SignUpPage()), PageRoute("sign-out", SignOutPage()),
        PageRoute("signed-out", SignedOutPage()), PageRoute("forgot-password", ForgotPasswordPage()),
        PageRoute("reset-password", ResetPasswordPage()), PageRoute("verify-email", VerifyEmailPage()),
        PageRoute("request-verification", RequestVerificationPage()),
    ]
}
