/** The config.toml that `pan init` writes: everything that can be set, all of it as comments. */
export const defaultConfig = `# Panopticon's configuration. It is read again whenever it changes; nothing needs a restart.
# Lines that begin with # are comments: take the # away to use a setting.

[defaults]
# The AI tool that agents run where nothing else is said.
# runtime = "rehearsal"

# The model it is asked for; without one the tool decides.
# model = "opus"

# What agents may do without asking: plan (nothing), ask, auto, bypass (everything).
# mode = "auto"

# One project may have its own; what is left out is as in [defaults].
# [projects.myn]
# runtime = "claude"
# model = "sonnet"
# mode = "ask"

# Agents get the variables that your login shell sets. To give them only those of the runner itself:
# [environment]
# login_shell = false

# Where a tool's program is, when it is not on the PATH: claude, codex, gemini.
# [runtimes.claude]
# command = ["/opt/claude/bin/claude"]

# The rehearsal is a stand-in that plays a script instead of asking a model.
# [runtimes.rehearsal]
# script = "rehearsal.json"

# Any other program can be a runtime. The command is a list of words, run without a shell. Placeholders:
# {prompt} {promptFile} {workspace} {issueId} {sessionId}
# [runtimes.mytool]
# command = ["aider", "--message-file", "{promptFile}"]
#
# [runtimes.mytool.env]
# AIDER_AUTO_COMMITS = "true"
`;
