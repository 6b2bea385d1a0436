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

# The account (profile, password, sessions, keys)

# Servers, machines, agents

"""##
}
