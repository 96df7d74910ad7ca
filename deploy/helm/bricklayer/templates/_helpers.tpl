{{- define "bricklayer.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 63 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "bricklayer.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "bricklayer.meta" -}}
name: {{ include "bricklayer.name" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "bricklayer.labels" . | nindent 2 }}
{{- end }}

{{- define "bricklayer.labels" -}}
{{ include "bricklayer.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "bricklayer.account" -}}
{{- default (ternary (include "bricklayer.name" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name }}
{{- end }}

{{- define "bricklayer.keys" -}}
{{- default (printf "%s-keys" (include "bricklayer.name" .)) .Values.auth.existingSecret }}
{{- end }}

{{- define "bricklayer.glusterNamespace" -}}
{{- default .Release.Namespace .Values.kubernetes.namespace }}
{{- end }}

{{/* whether the API server of Kubernetes is asked for anything */}}
{{- define "bricklayer.asksKubernetes" -}}
{{- if or (eq .Values.executor "kubernetes") .Values.endpoints.enabled }}true{{ end }}
{{- end }}

{{/* heketi.json, without keys: they come from the environment */}}
{{- define "bricklayer.config" -}}
{{- $gluster := dict "executor" .Values.executor }}
{{- if eq .Values.executor "kubernetes" }}
{{- $_ := set $gluster "kubeexec" (dict "namespace" (include "bricklayer.glusterNamespace" .) "gluster_daemonset" .Values.kubernetes.daemonset "fstab" .Values.kubernetes.fstab) }}
{{- else }}
{{- $_ := set $gluster "sshexec" (dict "keyfile" "/etc/bricklayer-ssh/id" "user" .Values.ssh.user "port" (toString .Values.ssh.port) "sudo" .Values.ssh.sudo) }}
{{- end }}
{{- $own := dict "data" "/var/lib/bricklayer/data" }}
{{- if .Values.endpoints.enabled }}
{{- $_ := set $own "kube" (dict "endpoints" true "endpoints_namespaces" (join "," (default (list .Release.Namespace) .Values.endpoints.namespaces))) }}
{{- end }}
{{- if .Values.backup.existingClaim }}
{{- $_ := set $own "backup" (dict "folder" "/var/lib/bricklayer-backup" "period_minutes" (int .Values.backup.periodMinutes) "kept" (int .Values.backup.kept)) }}
{{- end }}
{{- mustMergeOverwrite (dict "port" "8080" "glusterfs" $gluster "bricklayer" $own) (deepCopy .Values.config) | toPrettyJson }}
{{- end }}
