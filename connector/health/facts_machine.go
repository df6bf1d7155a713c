package health

import "github.com/eshopos/eshopctl/connector"

// Machine is what was found about this machine and its settings.
type Machine struct {
	StatePath  string
	StateFault *connector.Fault // why the state file cannot be used
	NoState    bool             // there is no state file yet
	Remote     string           // the network file system on which it lies, "" for a disk
	Unwritable *connector.Fault // why it can be read and not written, nil when it can
	Room       *int64           // what its disk still takes, nil when that is not known
	Looked     bool             // all of the file was looked through
	Temp       string           // the folder for temporary files
	TempFault  *connector.Fault // why nothing can be written there, nil when it can

	Proxy        string // "" when none is set
	ProxyWrong   string // why it cannot be used
	Certificates string // where they come from
	CertsWrong   string // why they cannot be used
	CertsChosen  bool   // by SSL_CERT_FILE

	CallbackFault *connector.Fault // why the callback address cannot be used
	CallbackHost  string           // where the callback is waited for
	CallbackBusy  bool
	ForgetURL     connector.Command // takes the callback address out of the environment, none when it is not set there
	Connecting    bool              // a store is still to be connected in the browser
}

// KeyFile is how well the key file is guarded on this machine.
type KeyFile struct {
	Path     string
	Fault    *connector.Fault  // why it is not used, nil when it is
	Readable bool              // by others
	Cure     connector.Command // none when only people can do it
}
