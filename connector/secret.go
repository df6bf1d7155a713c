package connector

import (
	"fmt"
	"log/slog"
	"unique"
)

const redacted = "[secret]"

// Secret is a token or client secret. However it is printed, logged or encoded
// it shows a placeholder; only Reveal gives the text, and only the request that
// needs it and the cipher that stores it may ask. The text stands behind a handle
// because fmt calls no method on the unexported fields of other types: it
// prints an address there.
type Secret struct{ text unique.Handle[string] }

// NewSecret wraps text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{unique.Make(text)}
}

// Reveal returns the secret itself.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return s.text.Value()
}

// Flaw returns what keeps a token out of a header, "" when nothing does. A request with
// such a token would be broken, or not sent at all.
func (s Secret) Flaw() string {
	for _, r := range s.Reveal() {
		switch {
		case r == '\r' || r == '\n':
			return "a line break"
		case r == ' ' || r == '\t':
			return "a blank"
		case r < ' ' || r == 0x7f:
			return "a control character"
		case r > '~':
			return "a character beyond ASCII"
		}
	}
	return ""
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s == Secret{} }

// Format prints the placeholder for every verb and flag.
func (Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, redacted) }

// String returns the placeholder.
func (Secret) String() string { return redacted }

// GoString returns the placeholder.
func (Secret) GoString() string { return redacted }

// LogValue returns the placeholder.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns the placeholder, which covers JSON as well.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }
