// swift-format-ignore-file
// Made by scripts/embed-pages from Web/words/en.txt.

extension EmbeddedPages {
    static let words_en = ##"""
# What the pages say, in English. One line a text: key = text. Plain text, no markup; {{...}} is filled in, and stays.
# A realm's own file has the same form, and not all of it: what it lacks is said in English.

# Which language it is, as browsers know it: de, pt-BR, ar. From right to left where it is written so.
language = en

# What an agent is called, one and many: the dialect's words (server, servers). In the texts below {{noun.one}} and
# {{noun.many}}, with a capital {{noun.One}} and {{noun.Many}}; each may be written out instead.
noun.one = {{dialect.agent}}
noun.many = {{dialect.agents}}

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
nav.overview = Overview
nav.keys = API Keys
nav.profile = Profile
nav.password = Password
nav.sessions = Sessions
field.current_password = Current password
field.key_name = Name
field.new_email = New email address
hint.key_name = What you will use it for, so that you know it again.
problem.current_password.mismatch = This is not your current password.
problem.current_password.required = Enter your current password.
problem.email.taken = This address cannot be used.
problem.username.taken = This username is taken. Choose another one.

overview.title = Your account
overview.who = Who you are here
overview.verified = Confirmed
overview.not_verified = Not confirmed yet
overview.role = Role
overview.since = Since
overview.unverified = Confirm your email
overview.unverified_text = Follow the link in our mail, and we know that this address is yours.
overview.send_again = Send the mail again
overview.usage = Usage
overview.usage_text = You have used {{usage.count}} of {{usage.limit}} requests; {{usage.left}} are left.
overview.usage_spent = You have used all of your {{usage.limit}} requests. API keys are refused until your limit is raised.
overview.links = What you can do
overview.link.keys = Make keys for your programs, rotate and revoke them.
overview.link.agents = See your {{noun.many}}, their keys and who is connected.
overview.link.profile = See your details, and change them.
overview.link.password = Choose another password.
overview.link.sessions = See where you are signed in, and sign out there.

profile.title = Profile
profile.details = About you
profile.save = Save
profile.address = Email address
profile.address_now = Your address is
profile.address_text = A new address has to be confirmed. Both addresses get a mail about the change.
profile.change_address = Change address
profile.nothing = There is nothing here that you can change.
profile.delete = Your account and everything in it is removed for good.
profile.delete_link = Delete your account …

password.title = Password
password.lead = You stay signed in here. Everywhere else you will have to sign in again.
password.button = Change password

sessions.title = Where you are signed in
sessions.lead = If you do not know one of them, end it and change your password.
sessions.device = Device
sessions.address = Address
sessions.since = Since
sessions.action = Action
sessions.current = This browser
sessions.unknown = Unknown device
sessions.program = {{program}} on {{system}}
sessions.end = End
sessions.others = Everywhere else
sessions.others_text = Ends every session but the one in this browser, in other browsers and in programs.
sessions.end_others = Sign out everywhere else

keys.title = API Keys
keys.lead = With a key a program acts in your name. Give each program its own.
keys.new = New key
keys.life = Good for
keys.life_for_ever = As long as you do not revoke it
keys.life_usual = The usual time
keys.life_7 = 7 days
keys.life_30 = 30 days
keys.life_90 = 90 days
keys.life_365 = A year
keys.create = Create API Key
keys.created = Your new API key
keys.rotated = The new key in place of the old one
keys.again = Your API key
keys.again_note = Treat it like a password. You can have it shown again here.
keys.key = Key
keys.made = Created
keys.used = Last used
keys.expires = Good until
keys.never = Never
keys.for_ever = No end
keys.action = Action
keys.replaced = Has a successor
keys.show = Show
keys.rotate = Rotate
keys.rotate_question = You get a new key at once. How long shall the old one still work, so that you can change over?
keys.overlap = The old key works for
keys.overlap_0 = Not any more
keys.overlap_1 = One hour
keys.overlap_24 = One day
keys.overlap_168 = One week
keys.rotate_button = Rotate key
keys.revoke = Revoke
keys.revoke_question = The key stops working at once, and what is connected with it is disconnected. It cannot be brought back.
keys.revoke_button = Revoke key
keys.none = No keys yet
keys.none_text = A key that you create shows up here.

delete.title = Delete your account
delete.lead = Your account, its keys and everything that belongs to it are removed at once and for good. Enter your password if you are sure.
delete.button = Delete my account
delete.keep = Keep my account

done.verification_sent = A mail with a new link is on its way.
done.profile_saved = Saved.
done.address_changed = Your address is changed. Check your mail to confirm it.
done.password_changed = Your password is changed. You are signed out everywhere else.
done.session_ended = That session has ended.
done.sessions_ended = You are signed out everywhere else.
done.key_revoked = The key is revoked.
done.account_deleted = Your account is deleted.

# Servers, machines, agents
nav.agents = {{noun.Many}}
done.agent_made = {{noun.One}} created.
done.agent_renamed = The new name is saved.
done.agent_removed = The {{noun.one}} is removed, and its keys and connections with it.
done.agent_shared = If they have an account here, they see the {{noun.one}} from now on.
done.agent_unshared = It is no longer shared with them.
done.connection_closed = The connection is closed.

agents.title = {{noun.Many}}
agents.status = Status
agents.online = Online
agents.offline = Offline
agents.seen = Last seen
agents.never = Never
agents.now = Now
agents.address = Address
agents.version = Version
agents.shared = Shared with you
agents.newer = Back
agents.older = More
agents.none = No {{noun.many}} yet
agents.none_new = Make the first one, then give it an API key.
agents.none_program = They appear here as soon as their program has connected.

agent_tab.overview = Overview
agent_tab.keys = API Keys
agent_tab.connections = Connections
agent_tab.sharing = Sharing
agent_tab.terminal = Terminal

agent_new.title = New {{noun.one}}
agent_new.lead = Give it a name by which you will know it again. It can be changed later.
agent_new.button = Create {{noun.one}}

agent.title = {{agent.name}}
agent.name = Name
agent.details = Details
agent.id = Identifier
agent.created = Created
agent.since = Connected since
agent.rename = Rename
agent.remove = Remove this {{noun.one}}
agent.remove_text = Its API keys stop working and its connections end at once. This cannot be undone.
agent.remove_question = Remove {{agent.name}} for good?
agent.remove_button = Yes, remove it

agent_connect.title = How to connect
agent_connect.program = Save an API key of yours in a file on the machine, here api-key.txt, and start the agent there. It appears in your list by itself.
agent_connect.key = Your API keys
agent_connect.keys_here = First create a key under API Keys.
agent_connect.socket = The agent opens a WebSocket to this address and keeps it open:
agent_connect.message = Its first message is its API key, in the place of the dots:

agent_keys.title = API Keys – {{agent.name}}
agent_keys.create = Create API Key
agent_keys.lead = With a key this {{noun.one}} signs in by itself, without anybody's password.
agent_keys.name = Name
agent_keys.used = Last used
agent_keys.ends = Good until
agent_keys.actions = Actions
agent_keys.none = No API keys yet
agent_keys.none_text = Without one, this {{noun.one}} cannot connect.
agent_keys.made = The new API key
agent_keys.use = Using a key

agent_connections.title = Connections – {{agent.name}}
agent_connections.lead = What is connected right now. To keep something out for good, revoke its key or end its session.
agent_connections.who = Connection
agent_connections.since = Since
agent_connections.agent = The {{noun.one}} itself
agent_connections.person = Terminal
agent_connections.key = Key:
agent_connections.close = Close
agent_connections.none = Nothing is connected
agent_connections.none_text = As soon as the {{noun.one}} comes online, its connection is shown here.

agent_sharing.title = Sharing – {{agent.name}}
agent_sharing.title_share = Share this {{noun.one}}
agent_sharing.lead = Who it is shared with sees it in their list and can use its terminal. They cannot change it.
agent_sharing.button = Share
agent_sharing.who = Shared with
agent_sharing.end = Stop sharing
agent_sharing.none = Shared with nobody
agent_sharing.none_text = Only you can see this {{noun.one}}.

agent_terminal.title = Terminal – {{agent.name}}
agent_terminal.script = The terminal needs JavaScript.
agent_terminal.input = Terminal input
agent_terminal.out = Shift+F6 leaves the terminal.
agent_terminal.aloud = Read output aloud
agent_terminal.again = Connect again
agent_terminal.keys = Keys that a phone does not have
agent_terminal.key_escape = Esc
agent_terminal.key_tab = Tab
agent_terminal.key_control = Ctrl
agent_terminal.key_left = Left arrow
agent_terminal.key_up = Up arrow
agent_terminal.key_down = Down arrow
agent_terminal.key_right = Right arrow
agent_terminal.connecting = Connecting
agent_terminal.open = Connected
agent_terminal.exit = The program has ended, with status {{status}}.
agent_terminal.lost = The connection is lost.
agent_terminal.refused = The connection was refused.
agent_terminal.fault = Something is broken here. Try again later.
agent_terminal.restart = The server is restarting. Connect again in a moment.
agent_terminal.many = Too many connections. Close some, or wait a little.
agent_terminal.signed_out = You are signed out. Load the page again to sign in.
agent_terminal.gone = This {{noun.one}} is gone, or no longer shared with you.
agent_terminal.offline = This {{noun.one}} is offline. It can be reached as soon as it connects again.
agent_terminal.silent = The connection went silent.
agent_terminal.closed = The connection was closed by somebody in charge.
agent_terminal.slow = Too much output at once for this connection.
agent_terminal.not_started = The {{noun.one}} did not start a terminal: {{reason}}
agent_terminal.given_up = The {{noun.one}} gave the terminal up: {{reason}}
agent_terminal.unanswered = The {{noun.one}} is connected, but did not answer in time.
agent_terminal.untaken = The {{noun.one}} took nothing of what was typed for too long.

"""##
}
