#compdef bricklayer
# zsh completion for bricklayer
_bricklayer() {
  local line value
  local -a lines candidates
  lines=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT-1]}" "$PREFIX" 2> /dev/null)}")
  for line in "${lines[@]}"; do
    if [[ $line == :files ]]; then
      _files
    elif [[ -n $line ]]; then
      value=${line%%$'\t'*}
      if [[ $line == *$'\t'* ]]; then
        candidates+=("${value//:/\\:}:${line#*$'\t'}")
      else
        candidates+=("${value//:/\\:}")
      fi
    fi
  done
  (( ${#candidates} )) && _describe bricklayer candidates
}
(( $+functions[compdef] )) && compdef _bricklayer bricklayer
