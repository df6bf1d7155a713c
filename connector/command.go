package connector

import (
	"slices"
	"strings"
)

// Command is something to type, word by word until a face writes it out.
type Command struct {
	Program string   `json:"program,omitempty"` // of the system or the shell; "" is this one
	Name    string   `json:"name,omitempty"`    // of the command: "import preview"
	Args    []string `json:"args,omitempty"`    // typed after the name
	Store   string   `json:"store,omitempty"`   // typed after them with --store
	AtHand  bool     `json:"at_hand,omitempty"` // the store is the one at hand: whoever knows it fills in its name
	More    []string `json:"more,omitempty"`    // typed last
	Again   bool     `json:"again,omitempty"`   // it is what was typed before, with Args in it
}

// Typed is a command of this program.
func Typed(name string, args ...string) Command { return Command{Name: name, Args: args} }

// Shell is a command of another program.
func Shell(program string, args ...string) Command { return Command{Program: program, Args: args} }

// Again is the command as it was typed, with flags that are added to it or take the
// place of those it had. Only the face that read it knows it.
func Again(flags ...string) Command { return Command{Again: true, Args: flags} }

// For is the command for one store.
func (c Command) For(store string) Command {
	c.Store, c.AtHand = store, false
	return c
}

// ForStoreAtHand is the command for the store that is worked on where somebody knows it.
func (c Command) ForStoreAtHand() Command {
	c.AtHand = true
	return c
}

// filledIn is the command with the name of the store at hand, if it is for that.
func (c Command) filledIn(store string) Command {
	if c.AtHand {
		return c.For(store)
	}
	return c
}

// IsConnect reports whether it is the command that connects a store.
func (c Command) IsConnect() bool { return c.Program == "" && c.Name == "connect" }

// With is the command with more words at its end.
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

// Words are what is typed, but for the name of this program. A store that nobody filled
// in is not typed.
func (c Command) Words() []string {
	words := append(strings.Fields(c.Program+" "+c.Name), c.Args...)
	if c.Store != "" {
		words = append(words, "--store", c.Store)
	}
	return append(words, c.More...)
}
