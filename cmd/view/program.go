package view

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// Version is the version of the program.
type Version struct {
	Version string `json:"version"`
}

func (n Version) forPrograms() document { return oneDocument(n) }

func (n Version) forPeople(v View) error { return v.sayLine("%s %s", plain.Program, n.Version) }

// Story are the commands of a demo. People saw them as they ran.
type Story struct {
	Commands []StoryCommand `json:"commands"`
}

// StoryCommand is a command of the story and how it ended.
type StoryCommand struct {
	Command string `json:"command"`
	Exit    int    `json:"exit_status"`
}

func (s Story) forPrograms() document { return oneDocument(s) }

func (Story) forPeople(View) error { return nil }

// SandboxShop is a simulated shop and the environment that points at it, as NAME=VALUE.
type SandboxShop struct {
	Environment []string
	Domain      string
}

func (s SandboxShop) forPrograms() document {
	environment := map[string]string{}
	for _, variable := range s.Environment {
		name, value, _ := strings.Cut(variable, "=")
		environment[name] = value
	}
	return oneDocument(map[string]any{"environment": environment, "shop": s.Domain})
}

// forPeople prints lines for a shell.
func (s SandboxShop) forPeople(v View) error {
	for _, variable := range s.Environment {
		if err := v.sayLine("export %s", variable); err != nil {
			return err
		}
	}
	return nil
}
