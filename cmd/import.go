package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify"
	"github.com/eshopos/eshopctl/state"
)

func (p *program) importCommand() *cobra.Command {
	return group("import", "import", "Preview an import and run it", p.previewCommand(), p.runCommand())
}

// readFlags are the flags of every command that reads a shop.
type readFlags struct {
	only       string
	reader     string
	standstill time.Duration
}

func (f *readFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.only, "only", "", "only these `RESOURCES`: products, categories, warehouses, stock (default all that the store is set up for)")
	cmd.Flags().StringVar(&f.reader, "reader", "auto", "`WAY` to read: auto, bulk or paged")
	addPeriod(cmd.Flags(), &f.standstill, "bulk-patience", shopify.DefaultBulkPatience, "`TIME` that a bulk operation may make no progress")
}

// wish is what an operator wants to be read, and how.
type wish struct {
	asked      []connector.Resource // by --only; none means all that the connector is set up for
	resources  []connector.Resource // which of the connector's these are
	reader     importer.Reader
	standstill time.Duration // of a bulk operation, at the longest
}

func (f *readFlags) wish() (wish, error) {
	w := wish{reader: importer.Reader(f.reader), standstill: f.standstill}
	readers := []importer.Reader{importer.ReaderAuto, importer.ReaderBulk, importer.ReaderPaged}
	if !slices.Contains(readers, w.reader) {
		return w, usage("--reader "+cmp.Or(nearest(f.reader, readers), "auto"), "there is no reader %q: auto, bulk and paged are known", f.reader)
	}
	if f.standstill <= 0 {
		return w, usage("--bulk-patience 10m", "--bulk-patience must be longer than nothing")
	}
	if f.only == "" {
		return w, nil
	}
	var err error
	if w.asked, err = connector.ParseResources(f.only); err != nil {
		return w, usage(meantResources(f.only), "--only: %s", err)
	}
	return w, nil
}

// meantResources is a list of resources with those that were most likely meant.
func meantResources(list string) string {
	var meant []string
	for name := range strings.SplitSeq(list, ",") {
		if near := nearest(strings.TrimSpace(name), connector.Resources()); near != "" {
			meant = append(meant, near)
		}
	}
	return "--only " + cmp.Or(strings.Join(meant, ","), "products,stock")
}

// session is one run at work on one store: the open state, the connector, the
// store's lock and the run's entry in the history.
type session struct {
	*program
	db        *state.DB
	connector connector.Connector
	catalog   *state.Catalog
	lock      *state.Lock
	run       importer.Run
	progress  *view.Progress
	now       func() time.Time // within the run
	hurried   bool             // nobody waits for the state file any more
	moment    time.Time        // until which last words are said in a hurry
}

// beginReading opens a session that may read what is wished for, from the shop or
// from what another run read; the wish comes back with the resources that it means.
func (p *program) beginReading(ctx context.Context, kind importer.Kind, f readFlags, from string) (*session, wish, error) {
	w, err := f.wish()
	if err != nil {
		return nil, w, err
	}
	s, err := p.begin(ctx, kind, func(s *session) ([]connector.Resource, error) {
		if w.resources, err = importer.Ready(s.connector, w.asked); err == nil && from != "" {
			w.resources, err = importer.Replays(ctx, s.db, s.connector, from, w.asked)
		}
		return w.resources, err
	})
	return s, w, err
}

// begin opens a session: it takes the store's lock, checks what can be checked
// before any request, which tells what is to be read, and only then records the run's
// start.
func (p *program) begin(ctx context.Context, kind importer.Kind, check func(*session) ([]connector.Resource, error)) (*session, error) {
	db, err := p.openToWrite(ctx)
	if err != nil {
		return nil, err
	}
	s := &session{program: p, db: db}
	if err := s.prepare(ctx, kind, check); err != nil {
		s.hurried = isHurried(err)
		s.close(ctx)
		return nil, err
	}
	return s, nil
}

func (s *session) prepare(ctx context.Context, kind importer.Kind, check func(*session) ([]connector.Resource, error)) error {
	var err error
	if s.connector, err = s.connectorOf(ctx, s.db); err != nil {
		return err
	}
	c := s.connector
	if err := s.take(ctx, fmt.Sprintf("%s of store %s", kind, c.Store)); err != nil {
		return err
	}
	if s.catalog, err = s.db.Catalog(ctx, c); err != nil {
		return err
	}
	resources, err := check(s)
	if err == nil {
		err = s.tempFolder().Check() // not when the shop has grown
	}
	if err != nil {
		return err
	}
	s.now = importer.Steady(s.env.Now)
	run := s.db.NewRun(kind, c.Store, c.Provider, c.Domain, c.AccountID)
	run.StartedAt = s.now()
	run.StartedBy = s.env.User
	run.WillRead(c, resources)
	if s.run, err = s.db.Begin(ctx, run); err != nil {
		return err
	}
	s.progress = s.newProgress()
	s.drawn = s.progress
	return nil
}

// note prints a line for the operator, unless --quiet, without disturbing what
// is drawn.
func (s *session) note(format string, args ...any) {
	switch {
	case s.progress == nil:
		s.program.note(format, args...)
	case !s.config.Quiet:
		s.progress.Say(fmt.Sprintf(format, args...))
	}
}

// take takes the store's lock, and says when that was left by a run that died.
func (s *session) take(ctx context.Context, what string) error {
	lock := s.db.StoreLock(s.connector.Store)
	before := lock.Holder(ctx)
	if err := lock.Take(ctx, what); err != nil {
		return err
	}
	s.lock = lock
	if err := failpoint.Reach("preview/locked"); err != nil {
		return err
	}
	died, err := s.db.Died(ctx, s.connector.Store)
	for _, id := range died {
		s.note("Run %s died at work: %s. It wrote nothing into the catalogue; the store is taken over.", id, before)
	}
	return err
}

// close ends the session. Snapshots and changes beyond those kept are dropped.
func (s *session) close(ctx context.Context) {
	if s.progress != nil {
		s.progress.Done()
	}
	if s.lock != nil {
		last, cancel := s.lastWords(ctx)
		defer cancel()
		if err := s.db.Prune(last, s.connector.Store, state.RunsKept); err != nil && !s.hurried {
			s.note("old snapshots and changes could not be dropped: %s", err)
		}
		_ = s.lock.Release() // it ends with the process in any case
	}
	_ = s.db.Close()
}

// bulkPatience is how long a bulk operation may stand still: as long as anything,
// unless somebody chose.
func (s *session) bulkPatience(w wish) time.Duration {
	if w.standstill != shopify.DefaultBulkPatience {
		return w.standstill
	}
	return min(w.standstill, s.program.patience.Limit())
}

// isHurried reports whether a session ended because somebody did not want to wait.
func isHurried(err error) bool {
	code := faultOf(err).Code
	return code == connector.Interrupted || code == connector.Locked || errors.Is(err, connector.ErrOutOfPatience)
}

// lastWords is the context of what is written when a run has ended. Who interrupts it,
// even now, or has waited long enough, does not wait once more for another program that
// holds the state file: the next command finds that the run is dead.
func (s *session) lastWords(ctx context.Context) (context.Context, context.CancelFunc) {
	s.hurried = s.hurried || ctx.Err() != nil
	if !s.hurried {
		return connector.LastWords(ctx)
	}
	if s.moment.IsZero() { // one for all that is still written
		s.moment = time.Now().Add(connector.AMoment)
	}
	return context.WithDeadline(context.Background(), s.moment)
}

// end puts on record that the run did its work.
func (s *session) end(ctx context.Context) error {
	last, cancel := connector.LastWords(ctx)
	defer cancel()
	err := s.db.End(last, s.run)
	s.hurried = err != nil && isHurried(err)
	return err
}

// previewer reads the connected shop and plans.
func (s *session) previewer(w wish) (*importer.Previewer, error) {
	source, err := s.source(s.db, s.connector, shopify.Options{Reader: w.reader, BulkPatience: s.bulkPatience(w)}, s.progress.Waiting)
	if err != nil {
		return nil, err
	}
	return &importer.Previewer{
		Source: source, Program: version(), Workspace: s.db, Report: s.progress, Now: s.now,
		Planner: importer.Planner{Catalog: s.catalog, Workspace: s.db, Report: s.progress, Now: s.now},
	}, nil
}

// failed records that the run failed and returns the error to tell.
func (s *session) failed(ctx context.Context, err error) error {
	var unknown *importer.UnknownOutcomeError
	if errors.As(err, &unknown) {
		return s.lookAgain(err)
	}
	err = s.learn(ctx, err)
	s.run.EndedBy(err)
	fault := *faultOf(err)
	fault.Hint = s.connector.Addressed(&fault)
	if exitStatusOf(&fault) == exitTemporary {
		fault.Hint = withCommand(fault.Hint, s.goOn())
	}
	now := s.now()
	s.run.Status, s.run.FinishedAt = importer.Failed, &now
	if fault.Code == connector.Interrupted {
		s.run.Status = importer.Interrupted
		fault = connector.Fault{Code: connector.Interrupted, Err: err,
			Message: fmt.Sprintf("interrupted; run %s wrote nothing into the catalogue", s.run.ID),
			Hint:    s.goOn()}
	}
	s.run.Error = &importer.RunError{Code: fault.Code, Message: fault.Message, Hint: fault.Hint}
	s.hurried = isHurried(&fault)
	last, cancel := s.lastWords(ctx)
	defer cancel()
	if endErr := s.db.End(last, s.run); endErr != nil && !s.hurried {
		return errors.Join(&fault, endErr)
	}
	return &fault
}

// goOn is the command that takes up an interrupted run: the one that was typed,
// unless that was for several stores.
func (s *session) goOn() string {
	if s.program.progress == nil {
		return s.again("--store " + s.run.Store)
	}
	command := s.run.Kind.Command(s.run.Store)
	if s.run.Kind == importer.KindImport {
		command = append(command, "--yes")
	}
	return command.String()
}

// lookAgain finds out what became of a commit that reported an error: the file
// is opened anew and asked.
func (s *session) lookAgain(err error) error {
	_ = s.db.Close()
	db, openErr := s.openToWrite(context.Background())
	if openErr != nil {
		return errors.Join(err, openErr)
	}
	s.db = db
	stored, readErr := db.Run(context.Background(), s.connector.Store, s.run.ID)
	if readErr != nil {
		return errors.Join(err, readErr)
	}
	if stored.FinishedAt != nil {
		s.note("the commit reported an error, but it did happen: %s", faultOf(err).Message)
		s.run = stored
		s.applied()
		return nil
	}
	return &connector.Fault{Code: connector.StateUnusable, Err: err,
		Message: "nothing was written: " + err.Error(), Hint: "check the disk, then run it again: " + s.goOn()}
}

const defaultPlanAge = 24 * time.Hour
