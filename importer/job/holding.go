package job

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// HoldStore holds the store's lock while work runs. what names the work in the error that
// others get meanwhile.
func HoldStore(ctx context.Context, locks Locks, of connector.ID, what string, work func() error) error {
	lock := locks.StoreLock(of)
	if err := lock.Take(ctx, what+" of store "+of.Store); err != nil {
		return err
	}
	defer lock.Release() //nolint:errcheck // it ends with the process in any case
	return work()
}
