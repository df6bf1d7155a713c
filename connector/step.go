package connector

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Step is something that an operator may do. Its three parts are read one after the
// other; the command stands on a line of its own when the text ends with a line break.
type Step struct {
	Text    string  `json:"text,omitempty"`
	Command Command `json:"command,omitzero"`
	Then    string  `json:"then,omitempty"`
}

// Next lists what may be done next, step by step.
type Next []Step

// Advice returns one step in words alone.
func Advice(text string) Next { return Next{{Text: text}} }

// After returns the command as a step, after the words that lead to it.
func (c Command) After(text string) Next { return Next{{Text: text, Command: c}} }

// Next returns the command as a step without words.
func (c Command) Next() Next { return c.After("") }

// Then returns n with words added after the last step.
func (n Next) Then(text string) Next {
	if len(n) == 0 {
		return Advice(text)
	}
	return n.changeStep(len(n)-1, func(s *Step) {
		if s.Command.IsZero() {
			s.Text += text
		} else {
			s.Then += text
		}
	})
}

// Behind returns n with words put before the first step.
func (n Next) Behind(text string) Next {
	if len(n) == 0 {
		return Advice(text)
	}
	return n.changeStep(0, func(s *Step) { s.Text = text + s.Text })
}

// changeStep returns a copy of n with one step changed: others may share n.
func (n Next) changeStep(i int, change func(*Step)) Next {
	n = slices.Clone(n)
	change(&n[i])
	return n
}

// HasCommand reports whether there is something to type.
func (n Next) HasCommand() bool {
	return slices.ContainsFunc(n, func(s Step) bool { return !s.Command.IsZero() })
}

// OrAtLast returns n with the command at its end, unless n has a command already.
func (n Next) OrAtLast(command Command) Next {
	switch {
	case len(n) == 0:
		return command.Next()
	case n.HasCommand():
		return n
	}
	return n.changeStep(len(n)-1, func(s *Step) { s.Text, s.Command = s.Text+": ", command })
}

// For returns n with this store in the commands that are for the store at hand.
func (n Next) For(store string) Next {
	return n.Each(func(c Command) Command { return c.filledIn(store) })
}

// Each returns n with instead(command) in the place of each command.
func (n Next) Each(instead func(Command) Command) Next {
	n = slices.Clone(n)
	for i, step := range n {
		if !step.Command.IsZero() {
			n[i].Command = instead(step.Command)
		}
	}
	return n
}

// Mentions reports whether a text stands in the words or the commands.
func (n Next) Mentions(text string) bool { return strings.Contains(n.String(), text) }

// InWords returns the words before the first command.
func (n Next) InWords() string {
	if len(n) == 0 {
		return ""
	}
	return strings.TrimRight(n[0].Text, " :,;(\n")
}

// String is for tests and traces; a face writes commands as they are typed.
func (n Next) String() string {
	lines := make([]string, len(n))
	for i, step := range n {
		lines[i] = step.Text + strings.Join(step.Command.Words(), " ") + step.Then
	}
	return strings.Join(lines, "\n")
}

// MarshalJSON writes words alone as a text, and steps with something to type part by
// part, so that nobody has to look for commands in prose.
func (n Next) MarshalJSON() ([]byte, error) {
	var value any = n.String()
	if n.HasCommand() {
		value = []Step(n)
	}
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false) // whoever prints it knows what is harmful there
	err := encoder.Encode(value)
	return encoded.Bytes(), err
}

// UnmarshalJSON reads what MarshalJSON wrote. A text stays a text, even if an older
// program wrote commands into it.
func (n *Next) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*n = nil
		if text != "" {
			*n = Advice(text)
		}
		return nil
	}
	return json.Unmarshal(data, (*[]Step)(n))
}

// Stored returns the steps for a column of text: JSON where there is something to type,
// else the words.
func (n Next) Stored() string {
	if !n.HasCommand() {
		return n.String()
	}
	data, _ := json.Marshal([]Step(n)) // texts and lists of texts always can be
	return string(data)
}

// NextOf reads what Stored wrote, and the plain words that older programs wrote.
func NextOf(stored string) Next {
	var steps []Step
	if strings.HasPrefix(stored, "[{") && json.Unmarshal([]byte(stored), &steps) == nil {
		return steps
	}
	if stored == "" {
		return nil
	}
	return Advice(stored)
}
