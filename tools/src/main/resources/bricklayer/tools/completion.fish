# fish completion for bricklayer
function __bricklayer_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test -n "$current"; or set current ""
    for line in ($words[1] __complete $words[2..-1] $current 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path $current
        else
            echo $line
        end
    end
end
complete -c bricklayer -f -a '(__bricklayer_complete)'
