// swift-format-ignore-file
// Made by scripts/embed-mail from Mail/.

/// The templates and words that the binary carries, each by the name of its file.
enum EmbeddedMail {
    static let words = (
"en.txt", ##"""
# The words of mails, in one place for translation: KEY = TEXT, a line each.
# A text may use the values that templates may: {{site}}, {{address}} ... docs/guides/send-mail.md lists them.

language = en
greeting = Hello {{name}},
term = It works once, for {{term}}.
asked = About the request:
or_copy = If the button does not work, open this link:
manage = Look after your account:
footer = You get this mail because of something that happened at {{site}} ({{public_url}}).
help = Questions? {{support}}

fact.account = Account
fact.email = Address
fact.key = Key
fact.key_hint = Begins with
fact.agent = Agent
fact.at = Time
fact.address = From
fact.device = Device

time.day = day
time.days = days
time.hour = hour
time.hours = hours
time.minute = minute
time.minutes = minutes
time.second = second
time.seconds = seconds
time.while = a while

verify.subject = Verify your email address
verify.intro = {{#at}}Someone asked to verify this address at {{site}}.{{/at}}{{^at}}Someone signed up at {{site}} with this address.{{/at}} If it was you, {{#code}}enter this code{{/code}}{{^code}}open this link{{/code}} to verify it:
verify.action = Verify address
verify.otherwise = If it was not you, ignore this mail.

reset.subject = Reset your password
reset.intro = Someone asked to reset the password of your account at {{site}}. To choose a new one, {{#code}}enter this code{{/code}}{{^code}}open this link{{/code}}:
reset.action = Choose a new password
reset.otherwise = If it was not you, ignore this mail: nothing has changed.

address_changed.subject = Your email address was changed
address_changed.intro = {{#email}}Your account at {{site}} has this address now: mail about it comes here.{{/email}}{{^email}}The account at {{site}} that had this address has another one now. Mail about it goes there from now on.{{/email}}
address_changed.otherwise = {{#email}}If you do not know of it, tell those who run {{site}}.{{/email}}{{^email}}If it was not you, somebody else has got into your account: ask those who run {{site}} for help.{{/email}}

sign_up_attempt.subject = You already have an account
sign_up_attempt.intro = Someone tried to sign up at {{site}} with this address, which has an account already. If it was you, sign in, or ask for a new password if you have forgotten yours.
sign_up_attempt.otherwise = If it was not you, ignore this mail: nothing has changed, and nobody was told.

password_changed.subject = Your password was changed
password_changed.intro = The password of your account at {{site}} was changed.
password_changed.otherwise = If it was you, there is nothing to do. If not, somebody else may have got into your account: choose a new password at once.

new_sign_in.subject = New sign-in to your account
new_sign_in.intro = Someone signed in to your account at {{site}} from a network that it had not been used from before.
new_sign_in.otherwise = If it was you, there is nothing to do. If not, somebody else may have got into your account: choose a new password at once.

key_created.subject = An API key was created
key_created.intro = Your account at {{site}} has a new API key.
key_created.otherwise = If it was you, there is nothing to do. If not, somebody else may have got into your account: choose a new password at once.

key_rotated.subject = An API key was replaced
key_rotated.intro = An API key of your account at {{site}} was replaced by a new one.
key_rotated.otherwise = If it was you, there is nothing to do. If not, somebody else may have got into your account: choose a new password at once.

key_revoked.subject = An API key was revoked
key_revoked.intro = An API key of your account at {{site}} was revoked.
key_revoked.otherwise = If it was you, there is nothing to do. If not, somebody else may have got into your account: choose a new password at once.

test.subject = Mail from {{site}} arrives
test.intro = This is a test message that an operator of {{site}} sent. If you can read it, mail arrives.
test.otherwise = There is nothing to do.

"""##
    )
    static let templates: [(file: String, text: String)] = [
(
"layout.html.mustache", ##"""
<!DOCTYPE html>
<html lang="{{words.language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{say.subject}}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body { background: #14171c !important; color: #e7eaee !important; }
  .quiet { color: #a5adb8 !important; }
  .link { color: {{link_color_dark}} !important; }
  .button { border-color: {{link_color_dark}} !important; }
}
</style>
</head>
<body style="margin: 0; padding: 24px 16px; background: #ffffff; color: #1b1f26; font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; font-size: 16px; line-height: 1.5;">
<div role="article" style="max-width: 560px; margin: 0 auto;">
<p class="quiet" style="margin: 0 0 24px; color: #59616d;">{{site}}</p>
<h1 style="margin: 0 0 16px; font-size: 22px; line-height: 1.3;">{{say.subject}}</h1>
{{#name}}
<p style="margin: 0 0 16px;">{{words.greeting}}</p>
{{/name}}
{{$content}}
{{/content}}
<p class="quiet" style="margin: 32px 0 0; color: #59616d; font-size: 14px;">
{{words.footer}}
{{#pages_url}}
<br>{{words.manage}} <a class="link" href="{{pages_url}}" style="color: {{link_color}};">{{pages_url}}</a>
{{/pages_url}}
{{#support}}
<br>{{words.help}}
{{/support}}
</p>
</div>
</body>
</html>

"""##
),
(
"layout.text.mustache", ##"""
{{#name}}
{{words.greeting}}

{{/name}}
{{$content}}
{{/content}}

-- 
{{words.footer}}
{{#pages_url}}
{{words.manage}} {{pages_url}}
{{/pages_url}}
{{#support}}
{{words.help}}
{{/support}}

"""##
),
(
"message.html.mustache", ##"""
{{<layout}}
{{$content}}
<p style="margin: 0 0 16px;">{{say.intro}}</p>
{{#link}}
{{#code}}
<p style="margin: 24px 0; font-size: 22px; font-family: ui-monospace, Menlo, Consolas, monospace;">{{link}}</p>
{{/code}}
{{^code}}
<p style="margin: 24px 0;"><a class="button" href="{{link}}" style="display: inline-block; padding: 12px 20px; border: 1px solid {{link_color}}; border-radius: 6px; background: {{color}}; color: {{on_color}}; font-weight: 600; text-decoration: none;">{{say.action}}</a></p>
<p style="margin: 0 0 16px;">{{words.or_copy}}<br><a class="link" href="{{link}}" style="color: {{link_color}}; word-break: break-all;">{{link}}</a></p>
{{/code}}
<p style="margin: 0 0 16px;">{{words.term}}</p>
{{#at}}
<p style="margin: 0 0 4px;">{{words.asked}}</p>
{{/at}}
{{/link}}
{{#facts}}
<p style="margin: 0 0 4px;"><span class="quiet" style="color: #59616d;">{{label}}:</span> {{value}}</p>
{{/facts}}
<p style="margin: 16px 0 0;">{{say.otherwise}}</p>
{{/content}}
{{/layout}}

"""##
),
(
"message.subject.mustache", ##"""
{{say.subject}}

"""##
),
(
"message.text.mustache", ##"""
{{<layout}}
{{$content}}
{{say.intro}}

{{#link}}
{{link}}

{{words.term}}

{{#at}}
{{words.asked}}
{{/at}}
{{/link}}
{{#facts}}
  {{label}}: {{value}}
{{#last}}

{{/last}}
{{/facts}}
{{say.otherwise}}
{{/content}}
{{/layout}}

"""##
),
    ]
}
