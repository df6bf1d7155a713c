package help

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/exit"
)

// Topics are pages of help that belong to no command: "eshopctl help NAME".
func Topics() []*cobra.Command {
	return []*cobra.Command{
		helpTopic("exit-codes", "What the exit statuses mean", exitCodesHelp()),
		helpTopic("environment", "Variables, configuration file and files", environmentHelp),
		helpTopic("warnings", "What each warning and rejection means", warningsHelp()),
	}
}

// helpTopic makes a command that cannot be run, which cobra lists as a topic.
func helpTopic(name, short, text string) *cobra.Command {
	return &cobra.Command{Use: name, Short: short, Long: strings.TrimSpace(text)}
}

func exitCodesHelp() string {
	var text strings.Builder
	text.WriteString("Exit statuses of every command. One that is not listed means failure.\n\n")
	for _, one := range exit.StatusMeanings() {
		fmt.Fprintf(&text, "%5d  %s\n", one.Status, strings.ReplaceAll(foldText(one.Meaning, 70), "\n", "\n       "))
	}
	text.WriteString(`
With -o json or jsonl a command that fails prints
{"error":{"code","message","hint"}} on standard output, or a run whose "error"
holds the same.
`)
	return text.String()
}

const environmentHelp = `
A value comes from the flag, else from the environment, else from the
configuration file, else from the default.

A name is never empty: a store, shop, file, RUN or list of resources that is
given as nothing, by a flag, a variable or a key, is refused (64). Leave it out
to mean the only one, or all.

Every long flag has a variable: ESHOPCTL_ and its name in capitals, _ for -.
The --yes of what destroys has none. The global ones:

  ESHOPCTL_STORE        --store     the eshopOS store
  ESHOPCTL_STATE        --state     the state file
  ESHOPCTL_CONFIG       --config    the configuration file
  ESHOPCTL_OUTPUT       --output    table, json or jsonl
  ESHOPCTL_NO_COLOR     --no-color  "true" for no colour
  ESHOPCTL_QUIET        --quiet     "true" for the one line that matters
  ESHOPCTL_VERBOSE      --verbose   "true" to say more on standard error
  ESHOPCTL_NO_INPUT     --no-input  "true" to never ask
  ESHOPCTL_PATIENCE     --patience  how long to wait while nothing goes on (10m)
  ESHOPCTL_TEMP_DIR     --temp-dir  folder for temporary files (default beside
                                    the state file; without one the system's)

The Shopify app, needed by connect only, which stores it with the connector:

  ESHOPCTL_SHOPIFY_CLIENT_ID           client id of the app
  ESHOPCTL_SHOPIFY_CLIENT_SECRET       its client secret
  ESHOPCTL_SHOPIFY_CLIENT_SECRET_FILE  a file with the client secret instead
  ESHOPCTL_SHOPIFY_CLIENT_SECRET_OLD   the secret before, while it is rotated;
                                       also ..._OLD_FILE
  ESHOPCTL_SHOPIFY_ACCESS_TOKEN        a token for --auth token; also ..._FILE
  ESHOPCTL_SHOPIFY_CALLBACK_URL        registered with the app, byte for byte
                                       (default http://127.0.0.1:13388/callback)
  ESHOPCTL_SHOPIFY_API_VERSION         (default 2026-10)
  ESHOPCTL_SHOPIFY_URL                 http://127.0.0.1:PORT of a sandbox that
                                       stands for Shopify; "eshopctl sandbox"
                                       prints it

A secret in a file, or on standard input, is one line of plain text. With quotes,
a second line, a byte order mark or anything else that no secret has it is
refused (64). A pipe is read to its end, 64 kB and 10 seconds at most.

The key that seals tokens and client secrets in the state file:

  ESHOPCTL_KEY          the key itself
  ESHOPCTL_KEY_FILE     the file that holds it (default: file "key" beside the
                        configuration file)

The file is made while nothing is sealed yet, and never after that. One that
others may write or exchange is not used (1); one that they may read is told of
by status and doctor.

Variables that other programs know too:

  NO_COLOR, TERM=dumb   no colour
  HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE
  BROWSER               the browser that connect starts
  XDG_STATE_HOME, XDG_CONFIG_HOME

The configuration file is YAML, optional, and holds long flags with _ for -,
besides shopify_client_id, shopify_client_secret_file, shopify_callback_url,
shopify_api_version and key_file. An unknown key is an error. A store may have
settings of its own:

  shopify_client_id: 0123456789abcdef
  max_missing: 10%
  stores:
    main:
      max_missing: 50%

Files, below the folders for state and configuration of your system:

  Linux    ~/.local/state/eshopctl/state.db  ~/.config/eshopctl/config.yaml
  macOS    ~/Library/Application Support/eshopctl (both)
  Windows  %LocalAppData%\eshopctl\state.db  %AppData%\eshopctl\config.yaml
`
