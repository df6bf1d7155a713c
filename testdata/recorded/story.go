package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// story is what somebody types, and what happens meanwhile. Of its lines,
//
//	$ import run --yes         is typed; '...' is one word, ~ the home folder, {2} the
//	                           id of the second run, {shop} the domain of the shop
//	< text                     is what the next command reads
//	show ~/run.prom            keeps what a command wrote into a file
//	env NAME=VALUE             is set from then on; {token}, also behind <, is one of the shop
//	price POT-1 42.00          is done by a merchant, or another program (merchant.go)
//	# why                      explains
type story struct {
	name, file string
	steps      []string

	text  []byte // what came out
	lines int    // that were typed
	err   error
}

func (s *story) recording() string { return strings.TrimSuffix(s.file, ".story") + ".recording" }

// readStories reads the stories in a folder, or those of these names.
func readStories(folder string, names []string) (stories []*story, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.story"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".story")
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		stories = append(stories, &story{name: name, file: file, steps: strings.Split(string(content), "\n")})
	}
	if len(stories) == 0 {
		return nil, fmt.Errorf("there is no story %s in %s", strings.Join(names, " or "), folder)
	}
	return stories, nil
}

// liveThrough plays stories, some at a time.
func liveThrough(ctx context.Context, stories []*story, folder string, jobs int) []*story {
	var playing sync.WaitGroup
	slots := make(chan struct{}, jobs)
	for _, s := range stories {
		slots <- struct{}{}
		playing.Go(func() {
			s.err = s.play(ctx, filepath.Join(folder, s.name))
			<-slots
		})
	}
	playing.Wait()
	return stories
}

func (s *story) play(ctx context.Context, home string) error {
	on, err := newStage(home)
	if err != nil {
		return err
	}
	defer on.close()
	var out bytes.Buffer
	for n, step := range s.steps {
		typed, isCommand := strings.CutPrefix(step, "$")
		switch {
		case step == "" || strings.HasPrefix(step, "#"):
		case isCommand:
			var words []string
			if typedOut := on.filled(typed); unknownRun.MatchString(typedOut) {
				err = errors.New("there is no such run yet")
			} else if words, err = wordsOf(typedOut); err == nil {
				fmt.Fprintf(&out, "$ eshopctl%s\n%s\n", typed, on.typed(ctx, words))
				s.lines++
			}
		case strings.HasPrefix(step, "show "):
			fmt.Fprintf(&out, "%s\n%s\n", step, on.shown(strings.TrimPrefix(step, "show ")))
		default:
			err = on.happens(step)
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("line %d: %s: %w", n+1, step, err)
		}
	}
	s.text = out.Bytes()
	return nil
}

var unknownRun = regexp.MustCompile(`\{\d+\}`)

// wordsOf splits a line at blanks, but for what stands between single quotes.
func wordsOf(line string) (words []string, err error) {
	parts := strings.Split(line, "'")
	if len(parts)%2 == 0 {
		return nil, errors.New("a quote has no end")
	}
	word, begun := "", false
	for i, part := range parts {
		if i%2 == 1 {
			word, begun = word+part, true
			continue
		}
		for j, piece := range strings.Split(part, " ") {
			if j > 0 {
				if begun {
					words = append(words, word)
				}
				word, begun = "", false
			}
			if piece != "" {
				word, begun = word+piece, true
			}
		}
	}
	if begun {
		words = append(words, word)
	}
	return words, nil
}

// filled puts ids of runs and the home folder into a line.
func (on *stage) filled(line string) string {
	for i, id := range on.marks.runs {
		line = strings.ReplaceAll(line, "{"+strconv.Itoa(i+1)+"}", id)
	}
	if on.shop != nil {
		line = strings.ReplaceAll(line, "{shop}", on.shop.Domain())
	}
	return strings.ReplaceAll(line, "~", on.home)
}
