package health

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Result is how a check ended.
type Result string

// The results. Unknown means that it could not be told here and now, also because
// something else has to be mended before.
const (
	Passed  Result = "passed"
	Failed  Result = "failed"
	Unknown Result = "unknown"
)

// Topic is what a check is about, as it is typed.
type Topic string

// The topics.
const (
	Connection Topic = "connection"
	Stock      Topic = "stock"
	Warehouses Topic = "warehouses"
	Data       Topic = "data"
)

// Topics lists all topics.
func Topics() []Topic { return []Topic{Connection, Stock, Warehouses, Data} }

// Finding is one check with what it found.
type Finding struct {
	Store   string // "" when it is about this machine
	Topic   Topic
	Symptom string
	Check   string // its name, which each result may follow
	Result  Result
	Trouble        // nothing but Detail when it passed or is unknown
	Follows string // the check that failed and explains this one, "" when it stands alone
}

// Trouble is what a finding says is wrong, or worth a look.
type Trouble struct {
	Code   string // stable, for scripts and tests
	Note   bool   // nothing is wrong
	Detail string // a sentence without its full stop
	Since  Since
	Look   Step // that shows more
	Cure   Step // after which the trouble is gone
	Or     Step // another cure, for those who meant it so

	lamp   Lamp // the light that it colours
	colour Light
}

// Since is a time that belongs to a sentence, and what happened then.
type Since struct {
	What string
	At   time.Time
}

// Step is something to do: by people, in words, or by commands to type, or by both in
// that order. Said takes the place of both where a fault said what to do.
type Step struct {
	Text     string
	Commands []connector.Command
	Said     connector.Next
}

// do returns a step of words and commands.
func do(text string, commands ...connector.Command) Step {
	return Step{Text: text, Commands: commands}
}

// IsZero reports whether there is nothing to do.
func (s Step) IsZero() bool { return s.Text == "" && len(s.Commands) == 0 && len(s.Said) == 0 }

// colours returns the trouble with the light that it colours.
func (t Trouble) colours(lamp Lamp, colour Light) *Trouble {
	t.lamp, t.colour = lamp, colour
	return &t
}

// fails returns the trouble as one that colours no light.
func (t Trouble) fails() *Trouble { return &t }

// notes returns the trouble as a note: nothing is wrong.
func (t Trouble) notes() *Trouble {
	t.Note = true
	return &t
}
