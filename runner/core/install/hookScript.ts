/**
 * The part of the stable command that takes a hook's event without starting a Node: a tool waits for its hooks, and a Node
 * takes 50 ms and more to start, this 10. It leaves the same file as `spoolHookEvent`. Everything else goes to `pan hook`:
 * a request for leave, which waits for its answer, large events, which are cut, and whatever this shell or its `date`
 * cannot do (`%N` of GNU). Words of other programs are only ever standard input and files here.
 *
 * For dash, bash 3.2 (macOS) and busybox: POSIX only. It is read before the places of Node and pan are looked at.
 */
export const hookScript = String.raw`if [ "$#" = 1 ] && [ "$1" = hook ]; then
  case "$PAN_AGENT_ID $PAN_LAUNCH_ID $PAN_HOOK_TOKEN" in
    *[!A-Za-z0-9_\ -]* | ' '* | *'  '* | *' ') ;;
    *)
      case "$PAN_SPOOL" in /*)
        at=$(date -u '+%Y-%m-%dT%H:%M:%S.%3NZ 00%s%3N')
        case "$at" in
          [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z\ 00[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9])
            name=$(printf '%s-%s-shell' "\${at#* }" "$$")
            file=$PAN_SPOOL/.$name.json
            event=$PAN_SPOOL/.$name.event
            umask 077
            if (set -C; cat >"$event") 2>/dev/null; then
              if [ "$(wc -c <"$event")" -lt 1000000 ] && ! grep -q '"PermissionRequest"' "$event"; then
                {
                  printf '{"agentId":"%s","launchId":"%s","token":"%s","at":"%s","source":"hook","event":' \
                    "$PAN_AGENT_ID" "$PAN_LAUNCH_ID" "$PAN_HOOK_TOKEN" "\${at%% *}" && cat "$event" && printf '}'
                } >"$file" && mv "$file" "$PAN_SPOOL/$name.json" && rm -f "$event" && exit 0
                rm -f "$file"
              fi
              exec <"$event"
              rm -f "$event"
            fi
            ;;
        esac
        ;;
      esac
      ;;
  esac
fi
`.replaceAll('\\$', '$');
