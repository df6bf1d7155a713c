package cmd

import (
	"context"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state"
)

// stoppedJob is one during whose last steps somebody stops the program.
type stoppedJob struct {
	stop  context.CancelFunc
	shown error // what was left of the context
}

func (*stoppedJob) add(*cobra.Command)         {}
func (*stoppedJob) ready(*access.Access) error { return nil }
func (*stoppedJob) exit(job.Report) error      { return nil }

func (s *stoppedJob) do(context.Context, *access.Jobs) (job.Report, error) {
	s.stop()
	return job.Report{}, nil
}

func (s *stoppedJob) show(ctx context.Context, _ *access.Jobs, _ job.Report, err error) error {
	s.shown = ctx.Err()
	return err
}

// What was done is shown, though somebody stopped the program when it was done already:
// that nothing came of it would be wrong.
func TestWhatWasDoneIsShownToWhoStopsIt(t *testing.T) {
	t.Parallel()
	p := &access.Access{Face: &face.Face{Env: terminal.Env{Now: time.Now, Stderr: io.Discard}, Source: &settings.Source{Files: &given.Files{}}, Settings: settings.Settings{StatePath: filepath.Join(t.TempDir(), "state.db")}}}
	defer p.CloseState()
	if _, err := p.OpenState(t.Context(), true, state.Create); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stopped := &stoppedJob{stop: stop}
	if err := doJob(ctx, p, stopped); err != nil || stopped.shown != nil {
		t.Errorf("%v, and it was shown with %v", err, stopped.shown)
	}
}
