package health

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

func stateUnusable(f Facts) *Trouble { return stateTrouble(f.Machine.StateFault) }

// stateUnwritable is a file that can be read: what it holds is shown, and no import
// can go right.
func stateUnwritable(f Facts) *Trouble { return stateTrouble(f.Machine.Unwritable) }

func stateTrouble(fault *connector.Fault) *Trouble {
	if fault == nil {
		return nil
	}
	return Trouble{Detail: fault.Message, Cure: fileCure(fault.Next)}.fails()
}

// fileCure returns what a fault of the state file says to do. Commands that only show
// more are left out: this report shows it.
func fileCure(next connector.Next) Step {
	if len(next) > 0 {
		switch command := next[0].Command; {
		case command.Program != "":
			return Step{Said: next}
		case !command.IsZero() && next[0].Then == "" && command.Name != "doctor":
			return do(strings.TrimSpace(next[0].Text), command)
		}
	}
	return do(cmp.Or(next.InWords(), "put the file right, or name another one with --state FILE"))
}

// leastRoom is less than any import needs for its log.
const leastRoom = 1 << 20

func stateNoRoom(f Facts) *Trouble {
	if f.Machine.Room == nil || *f.Machine.Room >= leastRoom {
		return nil
	}
	return Trouble{
		Detail: fmt.Sprintf("there is no room left on the disk of %s: %d kB are free", f.Machine.StatePath, *f.Machine.Room/1000),
		Cure:   do("make room on that disk, or move the state file to another one and name it with --state FILE"),
	}.fails()
}

func tempUnusable(f Facts) *Trouble {
	fault := f.Machine.TempFault
	if fault == nil {
		return nil
	}
	return Trouble{Detail: fault.Message, Cure: Step{Said: fault.Next}}.fails()
}

func tempWell(f Facts) (Result, string) { return Passed, f.Machine.Temp }

func stateRemote(f Facts) *Trouble {
	if f.Machine.Remote == "" {
		return nil
	}
	return Trouble{
		Detail: f.Machine.StatePath + " lies on " + f.Machine.Remote + ": never let two machines use it at a time, which would damage it",
		Look:   do("on a disk of this machine it is safe: name the file with --state FILE"),
	}.notes()
}

func stateWell(f Facts) (Result, string) {
	if f.Machine.NoState {
		return Passed, "there is none yet; connect makes " + f.Machine.StatePath
	}
	if !f.Machine.Looked {
		return Passed, f.Machine.StatePath + "; it is too large to look through here"
	}
	return Passed, f.Machine.StatePath
}

func proxyWrong(f Facts) *Trouble {
	if f.Machine.ProxyWrong == "" {
		return nil
	}
	return Trouble{Detail: f.Machine.ProxyWrong,
		Cure: do("set HTTPS_PROXY to http://HOST:PORT of the proxy, or where there is none:", unset("HTTPS_PROXY", "https_proxy"))}.fails()
}

func proxyWell(f Facts) (Result, string) {
	if f.Machine.Proxy == "" {
		return Passed, "none is set"
	}
	return Passed, f.Machine.Proxy
}

func certificatesWrong(f Facts) *Trouble {
	switch {
	case f.Machine.CertsWrong == "":
		return nil
	case f.Machine.CertsChosen:
		return Trouble{Detail: f.Machine.CertsWrong, Cure: do("name the right file, or to use the system's:", unset("SSL_CERT_FILE"))}.fails()
	}
	return Trouble{Detail: f.Machine.CertsWrong, Cure: do("install the system's package of CA certificates, or set SSL_CERT_FILE")}.fails()
}

func certificatesWell(f Facts) (Result, string) { return Passed, f.Machine.Certificates }

// callbackWrong is a trouble while somebody is still to be connected: a live
// connector is not called back.
func callbackWrong(f Facts) *Trouble {
	fault := f.Machine.CallbackFault
	if fault == nil {
		return nil
	}
	trouble := Trouble{Detail: fault.Message, Cure: do("take " + f.Connector.Platform.Key("callback_url") + " out of the configuration file")}
	if !f.Machine.ForgetURL.IsZero() {
		trouble.Cure = do("to take the usual address:", f.Machine.ForgetURL)
	}
	return trouble.ifConnecting(f)
}

// callbackWell never says that the address is right: only the app's settings tell
// whether it is registered.
func callbackWell(f Facts) (Result, string) {
	if f.Machine.Connecting {
		return Unknown, "only the app's settings tell whether its redirect URLs hold exactly " + f.App.CallbackURL
	}
	return Passed, f.App.CallbackURL
}

func callbackBusy(f Facts) *Trouble {
	if !f.Machine.CallbackBusy {
		return nil
	}
	trouble := Trouble{
		Detail: "another program listens at " + f.Machine.CallbackHost,
		Cure: Step{Said: connector.Typed("connect").After("end that program, which may be another ").
			Then(", or register another address with the app and set " + f.Connector.Platform.Variable("CALLBACK_URL") + " to it")},
	}
	return trouble.ifConnecting(f)
}

func portWell(f Facts) (Result, string) {
	if f.Machine.CallbackFault != nil {
		return Unknown, "the callback address cannot be used"
	}
	return Passed, f.Machine.CallbackHost + " is free"
}

// ifConnecting makes trouble with the callback a note while nobody waits for one.
func (t Trouble) ifConnecting(f Facts) *Trouble {
	if f.Machine.Connecting {
		return t.fails()
	}
	t.Detail += "; the next connect needs it"
	t.Look, t.Cure = t.Cure, Step{}
	return t.notes()
}

// unset returns the command that takes variables out of the environment of a shell.
func unset(names ...string) connector.Command { return connector.Shell("unset", names...) }
