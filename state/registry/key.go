package registry

import "context"

// EnsureKey makes sure that secrets can be sealed and that those of other
// stores can still be opened. It makes the key file only when nothing was ever
// sealed: a second key would lock out what the first one sealed.
func (r *Registry) EnsureKey(ctx context.Context) error {
	sealed, err := r.sealedSecrets(ctx)
	if err != nil {
		return err
	}
	return r.key.Ensure(ctx, sealed)
}

// KeyFits is why the key that there is opens not everything that is sealed; wrong is nil
// when it opens all, or nothing is sealed.
func (r *Registry) KeyFits(ctx context.Context) (wrong, err error) {
	sealed, err := r.sealedSecrets(ctx)
	if err != nil || len(sealed) == 0 {
		return nil, err
	}
	return r.key.Opens(ctx, sealed), nil
}
