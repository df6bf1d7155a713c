package health

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

func noImport(f Facts) *Trouble {
	if f.LastRun != nil {
		return nil
	}
	look, cure := f.firstImport()
	return Trouble{Detail: "nothing was imported yet", Look: look, Cure: cure}.colours(LastRunLamp, Yellow)
}

// firstImport returns how a store gets its first data: by the plan that was previewed,
// as long as that stands.
func (f Facts) firstImport() (look, cure Step) {
	last := f.LastPreview
	switch {
	case last == nil || f.isPast(last):
		return do("see what an import would do", f.command("import preview")), do("import; connecting and previewing import nothing",
			f.command("import run"))
	case last.Status == importer.Succeeded:
		return do("look at what the import would change", connector.Typed("runs changes", last.ID)),
			do("apply exactly what was previewed", f.command("import run").With(last.ID))
	}
	return do("see why the last preview failed", connector.Typed("runs show", last.ID)), do("then try it:", f.command("import run"))
}

// isPast reports whether a preview says nothing about an import now: its plan is
// too old or of no known age, or it failed before the store was connected anew.
func (f Facts) isPast(preview *importer.Run) bool {
	connected := f.Connector.ConnectedAt
	failedBefore := preview.Status != importer.Succeeded && !connected.IsZero() && preview.StartedAt.Before(connected)
	wrongClock := preview.StartedAt.Sub(f.Now) > importer.ClockSkew
	return failedBefore || wrongClock || f.Now.Sub(preview.StartedAt) > f.PlanAge
}

func firstImportWell(f Facts) (Result, string) { return Passed, "" }

// runFailed is a last import that failed with this code; "" is any that has no
// rule of its own.
func (f Facts) runFailed(code connector.Code) *Trouble {
	last := f.LastRun
	if last == nil || last.Status != importer.Failed || code != "" && (last.Error == nil || last.Error.Code != code) {
		return nil
	}
	detail := last.ID + " failed"
	if last.Error != nil {
		detail += ": " + clipMessage(last.Error.Message)
	}
	return Trouble{Detail: detail, Since: endOf(last), Look: do("see what went wrong in it", connector.Typed("runs show", last.ID)),
		Cure: do("then import again:", f.command("import run"))}.colours(LastRunLamp, Red)
}

// mostWords is how many bytes of a failure's message are told; runs show has all of it.
const mostWords = 160

// clipMessage returns the beginning of a message, in whole words.
func clipMessage(message string) string {
	if len(message) <= mostWords {
		return message
	}
	words := strings.ToValidUTF8(message[:mostWords], "")
	if i := strings.LastIndexByte(words, ' '); i > 0 {
		words = words[:i]
	}
	return strings.TrimRight(words, " ,;:") + " …"
}

func endOf(run *importer.Run) Since {
	if run.FinishedAt == nil {
		return Since{"begun", run.StartedAt}
	}
	return Since{"ended", *run.FinishedAt}
}

func runStopped(f Facts) *Trouble {
	found := f.runFailed(connector.GuardTripped)
	if found == nil {
		return nil
	}
	found.Look = do("see which changes they were", connector.Typed("runs changes", f.LastRun.ID))
	if strings.Contains(f.LastRun.Error.Message, "--fail-on") {
		found.Look = do("see which warnings they were", connector.Typed("runs warnings", f.LastRun.ID))
	}
	found.Cure = do("if they are meant:", f.command("import run").With(flagsToPass(*f.LastRun.Error)...))
	return found
}

var guardFlag = regexp.MustCompile(`--max-[a-z]+`)

// flagsToPass returns the flags with which a run passes the guard that stopped the last
// one. A run that its own flag stopped needs none.
func flagsToPass(stopped importer.RunError) []string {
	if stopped.Next.Mentions("--account-change") {
		return []string{"--account-change"}
	}
	if flag := guardFlag.FindString(stopped.Message); flag != "" {
		return []string{flag, "off"}
	}
	return nil
}

func runFailed(f Facts) *Trouble { return f.runFailed("") }

func runInterrupted(f Facts) *Trouble {
	last := f.LastRun
	if last == nil || last.Status != importer.Interrupted {
		return nil
	}
	return Trouble{Detail: last.ID + " was interrupted; nothing of it was written", Since: endOf(last),
		Cure: do("import again", f.command("import run"))}.colours(LastRunLamp, Red)
}

func runPartial(f Facts) *Trouble {
	last := f.LastRun
	if last == nil || last.Status != importer.Partial {
		return nil
	}
	return Trouble{Detail: fmt.Sprintf("%s is partial: %d rejected (%s)", last.ID, last.Counts.RejectedRecords(),
		countsByCode(last.RejectedBy)), Since: endOf(last),
		Look: do("see which records were rejected, and why", connector.Typed("runs warnings", last.ID)),
		Cure: do("mend them in the shop as it says, then import again:", f.command("import run"))}.colours(LastRunLamp, Yellow)
}

// countsByCode lists codes with their numbers.
func countsByCode(by map[string]int) string {
	var texts []string
	for _, code := range slices.Sorted(maps.Keys(by)) {
		if by[code] > 0 {
			texts = append(texts, fmt.Sprintf("%s %d", code, by[code]))
		}
	}
	return strings.Join(texts, ", ")
}

func runAtWork(f Facts) *Trouble {
	last := f.LastRun
	if last == nil || last.Status != importer.Running {
		return nil
	}
	found := Trouble{Detail: last.ID + " is at work", Since: Since{"begun", last.StartedAt},
		Look: do("an import is at work: look again later", connector.Typed("runs show", last.ID))}.colours(LastRunLamp, Yellow)
	return found.notes()
}

func lastImportWell(f Facts) (Result, string) {
	if f.LastRun == nil {
		return Unknown, "there is none"
	}
	return Passed, f.LastRun.ID + " " + string(f.LastRun.Status)
}

func rejectedWell(f Facts) (Result, string) {
	if f.LastRun == nil {
		return Unknown, "there was no import yet"
	}
	return Passed, "the last import rejected none"
}

func atWork(f Facts) *Trouble {
	if f.Contents == nil || f.Contents.AtWork == "" {
		return nil
	}
	return Trouble{Detail: f.Contents.AtWork + " is at work on it; imports wait until it has ended",
		Look: do("see the newest run", f.command("runs list", "--limit", "1"))}.notes()
}

func lockWell(f Facts) (Result, string) {
	if f.Contents == nil {
		return Unknown, "nobody looked"
	}
	return Passed, "nobody holds it"
}
