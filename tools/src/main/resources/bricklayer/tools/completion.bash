# bash completion for bricklayer
_bricklayer() {
  local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} begun kept candidate
  local -a words
  read -ra words <<< "$line"
  case $line in *[[:space:]]) words+=("") ;; esac
  begun=${words[${#words[@]} - 1]}
  # bash takes a word apart at : and =, and replaces only what comes after
  case $current in [:=]) current= ;; esac
  kept=${begun%"$current"}
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    if [ "$candidate" = :files ]; then
      compopt -o filenames 2> /dev/null
      while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "$current")
    else
      COMPREPLY+=("${candidate#"$kept"}")
    fi
  done < <("${words[0]}" __complete "${words[@]:1}" 2> /dev/null)
}
complete -F _bricklayer bricklayer
