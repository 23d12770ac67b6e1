_bilint() {
    # Bash divides words at "=", and the program must see `--select=terms` as one.
    local -a words=()
    local i word=
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((i == COMP_CWORD)) && [[ $word != = ]]; then
            word=$2
        fi
        if ((${#words[@]} > 1)) && [[ $word == = || ${COMP_WORDS[i - 1]} == = ]]; then
            words[${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
    done
    # What stands before the part that bash replaces.
    local whole=${words[${#words[@]}-1]} IFS=$'\013'
    local before=${whole%"$2"}
    [[ ${COMP_WORDS[COMP_CWORD]} == = ]] && before=$whole
    COMPREPLY=($(_CLAP_IFS=$IFS _CLAP_COMPLETE_INDEX=$((${#words[@]} - 1)) BILINT_COMPLETE=bash \
        bilint -- "${words[@]}" 2> /dev/null))
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
    # No space after a folder.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then
        compopt -o nospace 2> /dev/null
    fi
}
if ! complete -o bashdefault -o nosort -F _bilint bilint 2> /dev/null; then
    complete -o bashdefault -F _bilint bilint
fi
