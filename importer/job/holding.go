package job

import "context"

// Holding works on a store that no run holds meanwhile.
func Holding(ctx context.Context, locks Locks, store, what string, work func() error) error {
	lock := locks.StoreLock(store)
	if err := lock.Take(ctx, what+" of store "+store); err != nil {
		return err
	}
	defer lock.Release() //nolint:errcheck // it ends with the process in any case
	return work()
}
