// Package scopes knows which access scopes the Admin API asks for and which of them imply others. It imports
// nothing of ours.
package scopes
