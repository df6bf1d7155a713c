package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// bug is a mistake that somebody might make.
type bug struct {
	name    string // package and file, such as importer/serial
	what    string // the mistake, in a sentence
	pkg     string // whose tests should notice it
	test    string // that notices it, as -run takes it
	worst   bool   // missing it is a failure by itself
	planted map[string]string
}

// readBug reads a patch: lines such as "bug: ..." and then a unified diff. The code
// around a change moves, so hunks are found by their text alone, which must stand in
// the file just once; their line numbers do not count.
func readBug(root, file string) (bug, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return bug{}, err
	}
	b := bug{
		name:    filepath.Base(filepath.Dir(file)) + "/" + strings.TrimSuffix(filepath.Base(file), ".patch"),
		planted: map[string]string{},
	}
	head, diff, found := strings.Cut(string(text), "\n--- ")
	if !found {
		return b, errors.New("it holds no diff")
	}
	if err := b.readHead(head); err != nil {
		return b, err
	}
	for part := range strings.SplitSeq("\n--- "+diff, "\n--- a/") {
		if part == "" {
			continue
		}
		name, hunks, _ := strings.Cut(part, "\n")
		planted, err := patched(filepath.Join(root, filepath.FromSlash(name)), hunks)
		if err != nil {
			return b, fmt.Errorf("%s: %w", name, err)
		}
		b.planted[name] = planted
	}
	return b, nil
}

func (b *bug) readHead(head string) error {
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "bug":
			b.what = value
		case "package":
			b.pkg = value
		case "test":
			b.test = value
		case "worst":
			b.worst = value == "yes"
		case "":
		default:
			return fmt.Errorf("%q is no line of its head", line)
		}
	}
	if b.what == "" || b.pkg == "" || b.test == "" {
		return errors.New("its head lacks bug, package or test")
	}
	return nil
}

// patched is a file with all hunks of a diff applied.
func patched(file, hunks string) (string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	made := string(text)
	for _, hunk := range strings.Split(hunks, "\n@@")[1:] {
		_, lines, _ := strings.Cut(hunk, "\n")
		before, after := sides(lines)
		made, err = replaced(made, before, after)
		if err != nil {
			return "", err
		}
	}
	return made, nil
}

// sides are the lines of a hunk before and after the change.
func sides(hunk string) (before, after string) {
	for line := range strings.SplitSeq(strings.TrimSuffix(hunk, "\n"), "\n") {
		sign, text := " ", ""
		if line != "" {
			sign, text = line[:1], line[1:]+"\n"
		}
		if line == "" {
			text = "\n"
		}
		if sign != "+" {
			before += text
		}
		if sign != "-" {
			after += text
		}
	}
	return before, after
}

// replaced puts after in the place of the lines before, which must stand there once.
func replaced(text, before, after string) (string, error) {
	text, before, after = "\n"+text, "\n"+before, "\n"+after
	switch at := strings.Index(text, before); {
	case at < 0:
		return "", fmt.Errorf("these lines do not stand in it:%s", before)
	case at != strings.LastIndex(text, before):
		return "", fmt.Errorf("these lines stand in it more than once:%s", before)
	}
	return strings.Replace(text, before, after, 1)[1:], nil
}
