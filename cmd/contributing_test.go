package cmd

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	fencedText = regexp.MustCompile("(?s)```.*?```")
	quotedText = regexp.MustCompile("`([^`\n]+)`")
	sourceWord = regexp.MustCompile(`\w+`)
	docFile    = regexp.MustCompile(`\b[a-z][\w*/]*\.go\b`)
	namedPath  = regexp.MustCompile(`^\w[\w.*-]*(/[\w.*-]+)+/?$`)
	namedFile  = regexp.MustCompile(`^\w[\w-]*\.(go|md|sql|graphql)$`)
	namedThing = regexp.MustCompile(`^[A-Za-z]\w{2,}\w*[A-Za-z](\.[A-Za-z]\w*)?$`)
)

// notOurs are quoted words of the guides that stand in no source of ours.
const notOurs = " init html/template testdata/fuzz "

// What the guides for developers name is there: files, folders, tests and names of the code.
func TestGuidesNameWhatIsThere(t *testing.T) {
	words := wordsOfSources(t)
	for _, guide := range []string{"CONTRIBUTING.md", "testdata/README.md"} {
		text, err := os.ReadFile(filepath.Join("..", guide))
		if err != nil {
			t.Fatal(err)
		}
		for _, quoted := range quotedText.FindAllStringSubmatch(fencedText.ReplaceAllString(string(text), ""), -1) {
			for word := range strings.FieldsSeq(quoted[1]) {
				if !strings.Contains(notOurs, " "+word+" ") && isMissing(word, path.Dir(guide), words) {
					t.Errorf("%s names %s, and it is not there", guide, word)
				}
			}
		}
	}
}

// A doc.go says where to begin reading: each package of the program has one, and the files
// that it names are there.
func TestDocsNameFilesThatAreThere(t *testing.T) {
	folders := map[string]bool{}
	for _, file := range sourceFiles(t) {
		if path.Base(file.path) == "main.go" || folders[file.folder()] {
			continue
		}
		folders[file.folder()] = true
		folder := filepath.Join("..", filepath.FromSlash(file.folder()))
		text, err := os.ReadFile(filepath.Join(folder, "doc.go"))
		if _, noMain := os.Stat(filepath.Join(folder, "main.go")); err != nil && noMain != nil {
			t.Errorf("%s has no doc.go", file.folder())
		}
		for _, name := range docFile.FindAllString(string(text), -1) {
			if found, _ := filepath.Glob(filepath.Join(folder, name)); len(found) == 0 {
				t.Errorf("the doc.go of %s names %s, and it is not there", file.folder(), name)
			}
		}
	}
}

// isMissing reports whether a word of the guide in a folder names something that is not there.
func isMissing(word, folder string, words map[string]bool) bool {
	word = strings.TrimSuffix(strings.TrimPrefix(word, "./"), "/...")
	switch {
	case namedFile.MatchString(word):
		return !words[word]
	case strings.HasPrefix(word, "Test"): // all tests that begin so
		test, _, _ := strings.Cut(word, "/")
		for known := range words {
			if strings.HasPrefix(known, strings.TrimRight(test, "…")) {
				return false
			}
		}
		return true
	case namedPath.MatchString(word):
		for _, top := range []string{".", folder, "importer", "state", "*"} {
			if found, _ := filepath.Glob(filepath.Join("..", top, word)); len(found) > 0 {
				return false
			}
		}
		return true
	case namedThing.MatchString(word) && !strings.HasPrefix(word, "NAME_"):
		of, name, isOf := strings.Cut(word, ".")
		return !words[of] || isOf && !words[name]
	}
	return false
}

// wordsOfSources are the words of all code and the names of all files and folders.
func wordsOfSources(t *testing.T) map[string]bool {
	t.Helper()
	words := map[string]bool{}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch ext := path.Ext(name); {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
			return fs.SkipDir
		case !entry.IsDir() && (ext == ".go" || ext == ".sql") && entry.Name() != "contributing_test.go":
			content, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
			for _, word := range sourceWord.FindAllString(string(content), -1) {
				words[word] = true
			}
			if err != nil {
				return err
			}
		}
		words[entry.Name()] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return words
}
