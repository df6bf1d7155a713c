package connector

import (
	"slices"
	"strings"
)

// Command is something for an operator to type. It is kept word by word until a face
// writes it out.
type Command struct {
	Program string   `json:"program,omitempty"` // of the system or the shell; "" is this one
	Name    string   `json:"name,omitempty"`    // of the command: "import preview"
	Args    []string `json:"args,omitempty"`    // typed after the name
	Store   string   `json:"store,omitempty"`   // typed after them with --store
	AtHand  bool     `json:"at_hand,omitempty"` // the store is the one at hand: whoever knows it fills in its name
	More    []string `json:"more,omitempty"`    // typed last
	Again   bool     `json:"again,omitempty"`   // it is what was typed before, with Args in it
}

// Typed returns a command of this program.
func Typed(name string, args ...string) Command { return Command{Name: name, Args: args} }

// Shell returns a command of another program.
func Shell(program string, args ...string) Command { return Command{Program: program, Args: args} }

// Again returns the command that the operator typed, with flags added or replaced. Only
// the face that read that command can write it out.
func Again(flags ...string) Command { return Command{Again: true, Args: flags} }

// For returns the command for one store.
func (c Command) For(store string) Command {
	c.Store, c.AtHand = store, false
	return c
}

// ForStoreAtHand returns the command for the store that is worked on. Whoever knows its
// name fills it in.
func (c Command) ForStoreAtHand() Command {
	c.AtHand = true
	return c
}

// filledIn returns the command with the name of the store at hand, if it is for that
// store.
func (c Command) filledIn(store string) Command {
	if c.AtHand {
		return c.For(store)
	}
	return c
}

// IsConnect reports whether it is the command that connects a store.
func (c Command) IsConnect() bool { return c.Program == "" && c.Name == "connect" }

// With returns the command with more words at its end.
func (c Command) With(words ...string) Command {
	if c.Store != "" || c.AtHand {
		c.More = append(slices.Clone(c.More), words...)
	} else {
		c.Args = append(slices.Clone(c.Args), words...)
	}
	return c
}

// IsZero reports whether there is nothing to type.
func (c Command) IsZero() bool {
	return c.Program == "" && c.Name == "" && len(c.Args) == 0 && !c.Again
}

// Words returns what is typed after the name of this program. A store that nobody
// filled in is left out.
func (c Command) Words() []string {
	words := append(strings.Fields(c.Program+" "+c.Name), c.Args...)
	if c.Store != "" {
		words = append(words, "--store", c.Store)
	}
	return append(words, c.More...)
}
