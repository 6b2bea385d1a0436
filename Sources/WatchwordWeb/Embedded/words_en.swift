// swift-format-ignore-file
// Made by scripts/embed-pages from Web/words/en.txt.

extension EmbeddedPages {
    static let words_en = ##"""
# What the pages say in English. One line a text: key = text. Plain text, no markup; {{...}} is filled in.
# noun.one, noun.many, noun.One, noun.Many: what the site calls an agent (server, servers, Server, Servers).

# Every page
layout.skip = Skip to the content
layout.sign_out = Sign out
layout.nav = Account
layout.tabs = Parts of this page
layout.support = Need help?
errors.title = Something needs another look
errors.prefix = Not done:
field.optional = optional
field.show = Show password
secret.copy = Copy
secret.copied = Copied
secret.note = Copy it now and keep it somewhere safe. It will not be shown again.

# Signing in and up, links of mails (entry)
field.email = Email
field.username = Username
field.identity = Email or username
field.password = Password
field.new_password = New password
field.name = Name
field.full_name = Full name
field.link_code = Code from the link
hint.password = At least {{policy.min}} characters. Long is good: a few words are easy to remember.
hint.password_classes = At least {{policy.min}} characters, with capital and small letters, digits and other signs.

sign_in.title = Sign in
sign_in.button = Sign in
sign_in.forgot = Forgot your password?
sign_in.new_here = New here?
sign_in.unverified = We can send you another mail with a link that confirms your address.

sign_up.title = Create an account
sign_up.button = Create account
sign_up.have_one = Already have an account?

signed_out.title = You are signed out
signed_out.text = Nobody can use your account in this browser until you sign in again.
signed_out.again = Sign in again

forgot_password.title = Reset your password
forgot_password.lead = Tell us how you sign in, and we will mail you a link to choose a new password.
forgot_password.button = Mail me a link

request_verification.title = Confirm your email
request_verification.lead = Tell us how you sign in, and we will mail you a link that confirms your address.
request_verification.button = Send me the mail again

verify_email.title = Confirm your email
verify_email.lead = One click, and we know that this address is yours.
verify_email.button = Confirm my email
verify_email.spent = Links in mails work once and not for ever. A new mail brings a new one.
verify_email.again = Get a new mail

reset_password.title = Choose a new password
reset_password.lead = You will be signed out everywhere, and sign in again with the new password.
reset_password.button = Save password
reset_password.spent = Links in mails work once and not for ever. A new mail brings a new one.
reset_password.again = Get a new mail

follow_link.title = Open your link
follow_link.missing = Your browser did not pass on the code at the end of the link in your mail. Copy that code and enter it here:
follow_link.verify = I want to confirm my email
follow_link.reset = I want to choose a new password
entry.back = Back to sign-in

done.signed_up = Thank you. You can sign in now.
done.signed_up_mail = Almost done: check your mail. We have sent you a message about what to do next.
done.verified = Your email is confirmed.
done.already_verified = Your email was already confirmed.
done.verification_mailed = If an account needs it, a mail with a new link is on its way.
done.reset_mailed = If there is an account, a mail with a link is on its way. It works for a short time only.
done.password_reset = Your password is changed, and you were signed out everywhere. Sign in with the new one.

# What is wrong with an input, and why something is refused
problem.line = {{label}}: {{text}}
problem.required = Please fill this in.
problem.type = This is not what belongs here.
problem.email = This is not an email address.
problem.username = Up to 64 characters, without @ and without spaces at the ends.
problem.min = At least {{bound}} characters are needed.
problem.max = At most {{bound}} characters fit.
problem.mismatch = The two are not the same.
problem.taken = Somebody else has this.
problem.common = Too many people use this password. Choose another one.
problem.characters = Some of these characters cannot be used.
problem.classes = Capital and small letters, digits and other signs are needed.
problem.choice = Choose one of the values offered.
refusal.error = That did not work.
refusal.validation = Something is missing or wrong.
refusal.not_found = There is no such thing here.
refusal.conflict = That exists already.
refusal.email_taken = Somebody else has this address.
refusal.username_taken = This username is taken. Choose another one.
refusal.unauthorized = Sign in first.
refusal.invalid_credentials = This name and password do not belong together.
refusal.account_disabled = This account is switched off. Please ask for help.
refusal.email_not_verified = Confirm your email first: follow the link in the mail we sent you.
refusal.wrong_password = This is not your current password.
refusal.invalid_link = This link does not work, or it was used before.
refusal.expired_link = This link is too old.
refusal.forbidden = You may not do that.
refusal.signup_closed = New accounts cannot be made here.
refusal.rate_limited = Too many attempts. Please try again in {{wait}}.
refusal.quota_exceeded = Your limit is reached.
refusal.busy = Too much is going on. Please try again in {{wait}}.
wait.second = {{number}} second
wait.seconds = {{number}} seconds
wait.minute = {{number}} minute
wait.minutes = {{number}} minutes
wait.hour = {{number}} hour
wait.hours = {{number}} hours

# Errors
error.title = Something went wrong
error.back = Back to your account
error_400.title = This request makes no sense to us
error_400.text = Go back and try again.
error_403.title = This form is no longer good
error_403.text = It was open for too long, or you signed in or out meanwhile. Nothing was changed. Go back, load the page again, and send it once more.
error_404.title = Nothing here
error_404.text = This page does not exist, or not for you.
error_405.title = Not this way
error_405.text = This address cannot be used like that.
error_413.title = Too much
error_413.text = What you sent is larger than any form of ours.
error_415.title = Not a form
error_415.text = Only forms can be sent here.
error_429.title = Too many requests
error_429.text = Wait a little and try again.
error_500.title = We made a mistake
error_500.text = Something is broken here. Try again later.
error_500.id = If you ask for help, tell them this number:
error_503.title = Back in a moment
error_503.text = The server is just stopping. Try again shortly.

# The account (profile, password, sessions, keys)

# Servers, machines, agents

"""##
}
