package health

import (
	"cmp"
)

// keyFileCheck is the check of the key file, as doctor makes it for this machine.
func keyFileCheck() check {
	return check{"the key file", nil, []rule{{"key_exposed", keyExposed}, {"key_readable", keyReadable}}, keyFileWell,
		func(f Facts) bool { return f.KeyFile != nil }}
}

// Suggestion is what a card says to do about the key file: there is no light for it.
func (k *KeyFile) Suggestion() (Suggestion, bool) {
	if k == nil {
		return Suggestion{}, false
	}
	finding := keyFileCheck().make(Facts{KeyFile: k}, map[string]string{})
	step := finding.Cure
	if finding.Note {
		step = finding.Look
	}
	return Suggestion{finding.Detail, step.Commands}, finding.Code != "" && len(step.Commands) > 0
}

func keyExposed(f Facts) *Trouble {
	if f.KeyFile == nil || f.KeyFile.Fault == nil {
		return nil
	}
	cure := do("only you may write it", f.KeyFile.Cure)
	if f.KeyFile.Cure.IsZero() {
		cure = do(cmp.Or(f.KeyFile.Fault.Next.InWords(), "name another file with ESHOPCTL_KEY_FILE"))
	}
	return Trouble{Detail: f.KeyFile.Fault.Message, Cure: cure}.fails()
}

func keyReadable(f Facts) *Trouble {
	if f.KeyFile == nil || !f.KeyFile.Readable {
		return nil
	}
	return Trouble{
		Detail: "others may read " + f.KeyFile.Path + ", and with it and the state file every token",
		Look:   do("let nobody else read the key", f.KeyFile.Cure),
	}.notes()
}

func keyFileWell(f Facts) (Result, string) { return Passed, f.KeyFile.Path }
