/**
 * The configuration of our own tmux server. It holds no path and no text of others: the folder for notices of death is
 * named by the variable PAN_TMUX_SPOOL of the server, and of all formats that reach a shell only the session's name,
 * which is ours, is filled in (as an argument, escaped by `q:`).
 *
 * pane-died needs remain-on-exit; it is also what keeps the exit status readable.
 */
export const tmuxConfig = String.raw`# Written by Panopticon when it starts its terminal server; changes are lost.
set -s exit-empty off
set -s escape-time 0
set -s focus-events on
set -s set-clipboard external
set -s extended-keys on
set -g exit-unattached off
set -g destroy-unattached off
set -g history-limit 50000
set -g mouse on
set -g remain-on-exit on
set -g automatic-rename off
set -g allow-rename off
set -g default-terminal screen-256color
if-shell "sh -c 'infocmp tmux-256color' >/dev/null" "set -g default-terminal tmux-256color"
set -as terminal-features ",xterm-256color:RGB"
set -g set-titles on
set -g set-titles-string "#{session_name}"
set -g status-interval 0
set -g status-style "fg=default,bg=default"
set -g status-left "#[reverse] #{session_name} #[noreverse,dim] detach: Ctrl-b d #[nodim] #{@pan_title}"
set -g status-left-length 160
set -g status-right ""
set -g window-status-format ""
set -g window-status-current-format ""
set-hook -g pane-died "run-shell -b \"sh -c ': >\\\"\\\$PAN_TMUX_SPOOL/\\\$1.died\\\"' died #{q:session_name}\""
`;
