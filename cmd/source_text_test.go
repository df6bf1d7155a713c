package cmd

import (
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sourceTexts gives the files of the program, without tests, by their paths: all but
// those that a list names, by themselves or by their folders. What is on the list must be there.
func sourceTexts(t *testing.T, without map[string]string) iter.Seq2[string, string] {
	return func(yield func(path, text string) bool) {
		looked := 0
		for _, file := range sourceFiles(t) {
			if file.isTest() || isListed(file, without) {
				continue
			}
			text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(file.path)))
			if err != nil {
				t.Fatal(err)
			}
			if !yield(file.path, string(text)) {
				return
			}
			looked++
		}
		if looked < 100 {
			t.Errorf("only %d files were looked at", looked)
		}
		for listed := range without {
			if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(listed))); err != nil {
				t.Errorf("%v: take it off the list", err)
			}
		}
	}
}

// isListed reports whether a list names a file, its folder or its folder at the top.
func isListed(file sourceFile, list map[string]string) bool {
	top, _, _ := strings.Cut(file.path, "/")
	return list[file.path] != "" || list[file.folder()] != "" || list[top] != ""
}
