// Package sandboxtest is the sandbox as tests and stories need it: what they see of a server that nobody else may
// see, and the words by which they have a merchant do something. No part of it is in the released program.
//
// Begin with server.go; verbs.go has the words.
package sandboxtest
