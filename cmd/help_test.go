package cmd

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/terminal"
)

// remarkCodes are the values of the constants of importer/remark.go that are
// codes.
func remarkCodes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../importer/remark.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, _ := strconv.Unquote(literal.Value)
			if strings.HasPrefix(text, "W-") || strings.HasPrefix(text, "E-") {
				codes = append(codes, text)
			}
		}
		return true
	})
	return codes
}

func TestEveryCodeIsExplained(t *testing.T) {
	var explained []string
	for _, help := range help.Remarks() {
		explained = append(explained, help.Code)
		for _, text := range []string{help.Meaning, help.Cause, help.Cure} {
			if text == "" || len(text) > 72 || !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q is not a short sentence", help.Code, text)
			}
		}
	}
	if codes := remarkCodes(t); !slices.Equal(codes, explained) || len(codes) < 20 {
		t.Errorf("the codes are\n%v\nand explained are\n%v", codes, explained)
	}
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestREADMEHasTheTables(t *testing.T) {
	text := readme(t)
	for _, help := range help.Remarks() {
		if row := fmt.Sprintf("| `%s` | %s | %s | %s |\n", help.Code, help.Meaning, help.Cause, help.Cure); !strings.Contains(text, row) {
			t.Errorf("README.md lacks this row:\n%s", row)
		}
	}
	for _, ended := range exit.StatusMeanings() {
		if row := fmt.Sprintf("| %d | %s |\n", ended.Status, ended.Meaning); !strings.Contains(text, row) {
			t.Errorf("README.md lacks this row:\n%s", row)
		}
	}
}

// Scripts find what each command prints for them.
func TestREADMEHasTheJSON(t *testing.T) {
	_, section, _ := strings.Cut(readme(t), "## JSON for scripts\n")
	section, _, _ = strings.Cut(section, "\n## ")
	root := rootCommand(access.New(terminal.Env{LookupEnv: noVariable}, access.RegisteredPlatforms()))
	eachCommand(root, func(cmd *cobra.Command) {
		words := strings.Fields(cmd.CommandPath())
		if len(words) < 2 || cmd.HasSubCommands() || help.IsTopic(cmd) || cmd.Hidden || words[1] == "help" || words[1] == "completion" {
			return
		}
		if words[1] == "catalog" || cmd.Name() == "link" || cmd.Name() == "unlink" {
			words = words[:2] // told of together
		}
		if !strings.Contains(section, strings.Join(words[1:], " ")) {
			t.Errorf("README.md does not tell the JSON of %s", cmd.CommandPath())
		}
	})
}

func TestHelpTopics(t *testing.T) {
	pages := map[string]string{}
	for _, topic := range help.Topics() {
		pages[topic.Name()] = topic.Long
		for line := range strings.Lines(topic.Long) {
			if len(line) > 84 {
				t.Errorf("help %s: %q is too long for a terminal", topic.Name(), line)
			}
		}
	}
	for _, status := range exit.StatusByCode() {
		if !strings.Contains(pages["exit-codes"], fmt.Sprintf("\n%5d  ", status)) {
			t.Errorf("help exit-codes does not tell of %d", status)
		}
	}
	for _, key := range access.New(terminal.Env{}, access.RegisteredPlatforms()).Face.Source.Keys() {
		for _, name := range []string{key, "ESHOPCTL_" + strings.ToUpper(key)} {
			if !strings.Contains(pages["environment"], name) {
				t.Errorf("help environment does not tell of %s", name)
			}
		}
	}
}

// Every command says what it does, how it may end and how it is typed, in a
// window of 80 columns.
func TestEveryCommandExplainsItself(t *testing.T) {
	root := rootCommand(access.New(terminal.Env{LookupEnv: noVariable}, access.RegisteredPlatforms()))
	eachCommand(root, func(cmd *cobra.Command) {
		if cmd.Hidden {
			return
		}
		text := help.PageOf(cmd, help.Columns)
		for line := range strings.Lines(text) {
			if line = strings.TrimSuffix(line, "\n"); len(line) > help.Columns || line != strings.TrimRight(line, " ") {
				t.Errorf("%s: %q is too long or ends with blanks", cmd.CommandPath(), line)
			}
		}
		if help.IsTopic(cmd) {
			return
		}
		if !strings.Contains(text, "\nExamples:\n  ") {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		if !cmd.HasSubCommands() && !strings.Contains(text, "\nExit statuses: 0 ") {
			t.Errorf("%s does not tell its exit statuses", cmd.CommandPath())
		}
		if narrow := help.PageOf(cmd, help.LeastColumns); strings.Contains(narrow, "%!") || len(narrow) < len(text)/2 {
			t.Errorf("%s in a narrow window:\n%s", cmd.CommandPath(), narrow)
		}
	})
}

func eachCommand(cmd *cobra.Command, look func(*cobra.Command)) {
	look(cmd)
	for _, below := range cmd.Commands() {
		eachCommand(below, look)
	}
}

func noVariable(string) (string, bool) { return "", false }
