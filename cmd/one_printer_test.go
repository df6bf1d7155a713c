package cmd

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
)

// mayHoldCommandLines are the files with command lines as text, which nobody is to type
// next, and the folders of those.
var mayHoldCommandLines = map[string]string{
	"shopify/sandbox": "it is a program of its own, with its own help",
	"cmd/help":        "pages of help",
}

// typedIn are the command lines that stand as text in a file, and the names in it by
// which commands are typed. What is help of a command or of a flag does not count.
func typedIn(name, source string, line *regexp.Regexp) (lines, names []string, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			key, named := n.Key.(*ast.Ident)
			return !named || !slices.Contains(helpTexts, key.Name)
		case *ast.CallExpr:
			if called := nameCalled(n.Fun); slices.Contains([]string{"Typed", "of", "ofStore"}, called) && len(n.Args) > 0 {
				if text, is := textOf(n.Args[0]); is {
					names = append(names, text)
				}
			}
		case *ast.BasicLit:
			if text, is := textOf(n); is && line.MatchString(text) {
				lines = append(lines, fmt.Sprintf("%s: %.80q", set.Position(n.Pos()), text))
			}
		}
		return true
	})
	return lines, names, nil
}

func nameCalled(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

func textOf(e ast.Expr) (text string, is bool) {
	literal, is := e.(*ast.BasicLit)
	if !is || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

// commandLine finds a command of this program in a text, or its name at the end of one,
// to which a command is added.
func commandLine(root *cobra.Command) *regexp.Regexp {
	var names []string
	for _, below := range root.Commands() {
		name := regexp.QuoteMeta(below.Name())
		if below.HasSubCommands() {
			name += " (" + strings.Join(usage.CommandsBelow(below), "|") + ")"
		}
		names = append(names, name)
	}
	return regexp.MustCompile(`\b` + plain.Program + ` ((` + strings.Join(names, "|") + `|--help)\b|$)`)
}

// A next step is a command with its arguments until a face writes it out: the program's
// name stands before a command in one place, and each name of a command is one.
func TestCommandsAreTypedUntilTheyArePrinted(t *testing.T) {
	root := rootCommand(access.New(terminal.Env{LookupEnv: noVariable}, access.RegisteredPlatforms()))
	line, looked := commandLine(root), 0
	for path, text := range sourceTexts(t, mayHoldCommandLines) {
		lines, names, err := typedIn(path, text, line)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range lines {
			t.Errorf("%s holds a command line: say it by connector.Typed", found)
		}
		for _, name := range names {
			words := strings.Fields(strings.TrimPrefix(name, "help ")) // of what help tells about
			if about, rest, err := root.Find(words); err != nil || len(rest) > 0 || name != "" && about == root {
				t.Errorf("%s: there is no command %q", path, name)
			}
			looked++
		}
	}
	if looked < 50 {
		t.Errorf("only %d commands were looked at", looked)
	}
}

func TestCommandLinesAreFound(t *testing.T) {
	root := rootCommand(access.New(terminal.Env{LookupEnv: noVariable}, access.RegisteredPlatforms()))
	for text, want := range map[string]bool{
		"look at it: eshopctl doctor": true, "eshopctl import run --store ": true, "try eshopctl --help": true, "eshopctl ": true,
		"it is not an eshopctl state file": false, "eshopctl state info shows it": true, "written by an older eshopctl": false, "another eshopctl that makes it": false, "eshopctl waits here": false,
	} {
		lines, _, err := typedIn("a.go", "package a\nvar a = "+strconv.Quote(text)+"\n", commandLine(root))
		if err != nil || (len(lines) > 0) != want {
			t.Errorf("%q: %q (%v)", text, lines, err)
		}
	}
	_, names, err := typedIn("a.go", `package a; var a = connector.Typed("state info").For(store); var b = f.of("no such")`, commandLine(root))
	if err != nil || !slices.Equal(names, []string{"state info", "no such"}) {
		t.Errorf("%q (%v)", names, err)
	}
}
