package connector

// App is the operator's own app at a provider. Empty fields mean that what was stored
// with the connector counts.
type App struct {
	ClientID    string
	Secret      Secret
	OldSecret   Secret // accepted in signatures while the secret is rotated
	CallbackURL string // registered with the app, byte for byte
}
