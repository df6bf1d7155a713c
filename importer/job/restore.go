package job

import "context"

// RestoreResult is what became of a restoration.
type RestoreResult struct {
	Restoration
	Kept string // where the replaced state is now, "" if there was none
}

// RestoreBackup replaces the present state by a backup, after the operator has confirmed it
// and if nobody is at work.
func RestoreBackup(ctx context.Context, operator Operator, backups Backups, from string) (done RestoreResult, err error) {
	prepared, err := backups.PrepareBackup(ctx, from)
	if err != nil {
		return done, err
	}
	defer prepared.Close() //nolint:errcheck // its lock ends with the process in any case
	done.Restoration = prepared.Outlook()
	if err := operator.Confirm(ctx, RestoreQuestion{done.Restoration}); err != nil {
		return done, err
	}
	release, err := prepared.TakeAll(ctx)
	if err != nil {
		return done, err
	}
	defer release()
	done.Kept, err = prepared.PutInPlace(ctx)
	return done, err
}
