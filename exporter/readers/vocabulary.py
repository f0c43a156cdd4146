"""The words that tell what a line is for, a table per language; nothing else in the readers knows a
language.

Repetition decides what a part of a document is, words only confirm it, so a document in a language
without a table is still read by its structure.  All tables hold at once: authors mix languages
(an English quiz with "Respuesta:"), and a word stands here only if, alone before a colon or at the
beginning of a line, it can hardly mean anything else.  Entries are regular expressions without
groups that capture; in Chinese and Japanese they are looked for anywhere in the line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from exporter.model import Tier


class Word(Enum):
    """What a label or title can announce.  ASIDE titles hold no questions: contents, resources,
    licences; CONTENTS is a list of links to the document's own parts."""

    QUESTION = "question"
    ANSWER = "answer"
    ANSWERS = "answers"
    OPTIONS = "options"
    EXPLANATION = "explanation"
    OUTPUT = "output"
    HINT = "hint"
    FOLLOW_UP = "follow-up"
    CODE = "code"
    CONTENTS = "contents"
    ASIDE = "aside"
    TOP = "top"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Language:
    """``opens`` are words with which a line begins to ask; ``holds`` ask wherever they stand;
    ``prints`` ask for an output; ``words`` are labels and titles; ``tiers`` depths."""

    opens: str
    prints: str
    words: Mapping[Word, str]
    tiers: Mapping[Tier, str]
    holds: str = ""


LANGUAGES: Mapping[str, Language] = {
    "en": Language(
        opens=(
            r"what(?:'s|’s)?|why|how|when|which|where|who|whom|whose|is|are|was|were|can|could|do|does|did|should|would|will|has|have"
            r"|explain|describe|define|name|list|compare|contrast|distinguish|differentiate|differences?\s+(?:between|in)|distinction"
            r"|discuss|mention|enumerate|outline|state|identify|tell|give|write|implement|design|demonstrate|show\s+(?:me|how|that)|find"
            r"|calculate|compute|prove|true\s+or\s+false|in\s+(?:what|which)|for\s+(?:what|which)|to\s+what|on\s+which|at\s+which|suppose|imagine|given"
            r"|advantages|disadvantages|benefits|pros\s+and\s+cons|types?\s+of|ways\s+to|reasons?\s+(?:for|why)|use\s+cases?\s+(?:of|for)|talk\s+about|elaborate|illustrate"
        ),
        prints=r"outputs?|prints?|printed|logs?|logged|console|displayed|results?",
        words={
            Word.QUESTION: r"q|question|prompt|problem statement|statement|question text|text",
            Word.ANSWER: (
                r"(?:(?:show|see|view|reveal|click (?:here )?(?:to|for)(?: (?:see|show|view|reveal|the))*|check|get|the|correct|right|model|sample|suggested|possible|example|expected|my|your|best|ideal) )*"
                r"(?:answers?|ans|solutions?|sol|response)(?: (?:and|&|/) (?:explanation|reasoning))?(?: key)?|correct(?: (?:option|choice)s?)?|(?:candidate|expected) response(?: paths?)?"
            ),
            Word.SHOW: r"show(?: (?:me|more|details|code))?|reveal|spoiler|click(?: (?:here|me|to (?:expand|reveal|view|see|open).*))?|expand|details|view|see|toggle",
            Word.ANSWERS: r"answers?|answer[ -]?keys?|solutions?|keys?|correct answers|answers (?:and|&) explanations",
            Word.OPTIONS: r"options?|choices?|answer (?:options|choices)|alternatives|possible answers",
            Word.EXPLANATION: r"explanations?|explained|reasoning|rationale|why\??|walk[- ]?through|step[- ]by[- ]step|because|reason|justification|ref(?:erences?)?|more info|further reading|details|discussion|source",
            Word.OUTPUT: r"(?:expected |final |console |program |stated |actual )?(?:outputs?|results?)|(?:it )?(?:prints|logs)|printed|what (?:it|this) (?:prints|logs)",
            Word.HINT: r"(?:show )?hints?|clues?|tip for answering",
            Word.FOLLOW_UP: r"follow[- ]?ups?(?: questions?)?|bonus(?: questions?)?|extra question",
            Word.CODE: r"(?:the |given |following |example )*(?:code|snippet|program|script)(?: (?:snippet|example))?",
            Word.CONTENTS: r"(?:table of )?contents|toc|index|list of questions|questions? index|quick links|on this page|navigation|jump to|in this (?:article|document|page)",
            Word.ASIDE: (
                r"resources?|references?|(?:further|recommended|suggested|additional|useful) (?:reading|resources?|links|books|courses|videos|sites|websites)|(?:useful )?links|bibliography"
                r"|licen[cs]e|licensing|contribut(?:ing|ions?|ors?)|how to contribute|credits?|acknowledge?ments?|authors?|maintainers?|support(?: (?:me|us|this project))?|sponsors?(?:hip)?|donat(?:e|ions?)|backers|star history|stargazers"
                r"|about(?: (?:me|us|this (?:repo|repository|project|guide|document)|the author))?|introduction|intro|preface|foreword|overview|preamble|getting started|installation|install|setup|usage|how to use(?: (?:this|it|the).*)?|requirements|changelog|change log|versions?|roadmap|todo|to-do"
                r"|conclusions?|summary|wrap[- ]?up|final (?:thoughts|words|notes|tips|reminder)|closing(?: (?:thoughts|words|notes))?|thanks?(?: you)?|happy (?:coding|learning)|good luck|next steps?|notes?|disclaimer|legend|glossary|see also|related(?: (?:topics|articles|repos(?:itories)?|projects))?|faq about this|feedback|contact|follow (?:me|us)|community|translations?|languages?|disclaimers?|tips?|interview tips|before you start|prerequisites?|instructions?|study tips"
            ),
            Word.TOP: r"(?:back|go|return|jump)(?: back)? to (?:the )?(?:top|contents|toc|index|questions?|list|start|main|home)|to the (?:top|contents|index)|top|(?:go )?up|table of contents",
        },
        tiers={
            Tier.SHORT: r"short|brief|concise|quick|tl;?dr|one[- ]liner|basic|simple|junior|jr\.?|beginner|novice|entry[- ]level|easy|eli5|elevator pitch",
            Tier.MEDIUM: r"medium|mid(?:[- ]level)?|middle|intermediate|standard|regular|normal|moderate",
            Tier.SENIOR: r"senior|sr\.?|deep(?:[- ]dive)?|in[- ]depth|advanced|long|detailed|extended|expert|technical|thorough|full|complete|staff|principal|hard|elaborate",
        },
    ),
    "de": Language(
        opens=(
            r"was|wie|warum|wieso|weshalb|wozu|wann|wer|wen|wem|wessen|wo|woher|wohin|wodurch|womit|woran|worin|wofür|wovon|worauf|welche[rsnm]?|nenne[n]?|erkläre?n?|erläuter[en]+|beschreibe?n?|definiere?n?|vergleiche?n?"
            r"|unterschiede?\s+zwischen|ist|sind|kann|können|darf|müssen|muss|gib|geben\s+sie|begründe?n?|zähle?n?|skizziere?n?|richtig\s+oder\s+falsch|in\s+welche[rmn]?|für\s+was"
        ),
        prints=r"ausgabe|ausgegeben|gibt\b.{0,60}\baus|konsole",
        words={
            Word.QUESTION: r"f|frage|fragestellung|aufgabe|aufgabenstellung",
            Word.ANSWER: r"(?:(?:richtige|korrekte|mögliche|die|zur|beispiel) ?)*(?:antwort(?:en)?|lösung(?:en)?|musterlösung|lösungsvorschlag)(?: (?:an)?zeigen| einblenden)?|auflösung",
            Word.SHOW: r"aufklappen|anzeigen|zeigen|mehr",
            Word.ANSWERS: r"antworten|lösungen|lösungsschlüssel|auflösung(?:en)?|musterlösungen",
            Word.OPTIONS: r"antwortmöglichkeiten|optionen|auswahl|antwortoptionen",
            Word.EXPLANATION: r"erklärung|begründung|erläuterung|hintergrund",
            Word.OUTPUT: r"ausgabe|ergebnis",
            Word.HINT: r"hinweise?|tipp",
            Word.FOLLOW_UP: r"nachfrage|folgefrage|zusatzfrage|anschlussfrage",
            Word.CODE: r"quellcode|programm",
            Word.CONTENTS: r"inhalt(?:sverzeichnis)?|übersicht",
            Word.ASIDE: r"quellen|literatur|lizenz|mitwirken|einleitung|einführung|zusammenfassung|fazit|weiterführendes|über(?: (?:mich|uns|dieses (?:dokument|projekt|repo)))?|anleitung|hinweise|danksagung|glossar|vorwort|legende|impressum",
            Word.TOP: r"(?:zurück )?(?:nach oben|zum (?:anfang|inhalt(?:sverzeichnis)?|seitenanfang))",
        },
        tiers={
            Tier.SHORT: r"kurz(?:fassung)?|einfach|knapp|grundlagen|anfänger|leicht",
            Tier.MEDIUM: r"mittel|fortgeschritten",
            Tier.SENIOR: r"ausführlich|lang(?:fassung)?|vertieft|experte|profi|detailliert|schwer",
        },
    ),
    "fr": Language(
        opens=(
            r"qu['’]est[- ]ce|que|quoi|quels?|quelles?|pourquoi|comment|quand|où|qui|combien|lequel|laquelle|expliquez|expliquer|décri(?:vez|re)|définir|définissez|définition\s+de|citez|citer|nommez|nommer|donnez|donner|comparez|comparer"
            r"|différences?\s+entre|énumére[rz]|listez|lister|est[- ]ce|peut[- ]on|vrai\s+ou\s+faux|à\s+quoi|de\s+quoi|dans\s+quels?|en\s+quoi|c['’]est\s+quoi|faut[- ]il|parlez"
        ),
        prints=r"affiche(?:ra|nt)?|affichée?|sortie|résultat\s+(?:de\s+ce|du)\s+code|imprime",
        words={
            Word.QUESTION: r"question|énoncé|problème",
            Word.ANSWER: r"r|(?:(?:afficher|voir|montrer|la|bonne|les|bonnes) )*(?:réponses?|solution)(?: correcte)?|corrigé",
            Word.ANSWERS: r"réponses|corrigés?|solutions|corrections?",
            Word.OPTIONS: r"options|choix|propositions",
            Word.EXPLANATION: r"explications?|justification|raison",
            Word.OUTPUT: r"sortie|résultat|affichage",
            Word.HINT: r"indices?|astuce",
            Word.FOLLOW_UP: r"question (?:de suivi|complémentaire|bonus)|relance",
            Word.CODE: r"extrait de code",
            Word.CONTENTS: r"(?:table des matières|sommaire|contenu)",
            Word.ASIDE: r"ressources|références|liens(?: utiles)?|licence|contribu(?:er|tions?)|introduction|conclusion|résumé|remerciements|à propos|avant-propos|bibliographie|glossaire|prérequis",
            Word.TOP: r"(?:retour|revenir) (?:en haut|au (?:sommaire|début)|à la table.*)|haut de page",
        },
        tiers={
            Tier.SHORT: r"courte?|brève|bref|débutante?|simple|facile",
            Tier.MEDIUM: r"moyenne?|intermédiaire",
            Tier.SENIOR: r"longue?|détaillée?|approfondie?|avancée?|experte?|difficile",
        },
    ),
    "es": Language(
        opens=(
            r"¿.*|qué|por\s+qué|cómo|cuándo|cuáles|cuál|dónde|quiénes|quién|cuántos?|cuántas?|explica|explique|describe|describa|define|defina|nombra|nombre|menciona|mencione|enumera|enumere|compara|compare|diferencias?\s+entre"
            r"|da\s+un\s+ejemplo|cita|cite|indica|indique|señala|señale|verdadero\s+o\s+falso|para\s+qué|en\s+qué|a\s+qué|desarrolla"
        ),
        prints=r"imprime|imprimirá|muestra|mostrará|salida|consola|se\s+imprime|resultado",
        words={
            Word.QUESTION: r"p|pregunta|enunciado|problema",
            Word.ANSWER: r"r|(?:(?:ver|mostrar|la|las|posible) )*(?:respuestas?|soluci[oó]n)(?:es)?(?: correctas?)?|clave",
            Word.ANSWERS: r"respuestas|soluciones|solucionario|clave(?: de respuestas)?|respuestas correctas",
            Word.OPTIONS: r"opciones|alternativas",
            Word.EXPLANATION: r"explicaci[oó]n|justificaci[oó]n|referencias?|razonamiento|comentario",
            Word.OUTPUT: r"salida|resultado",
            Word.HINT: r"pistas?|ayuda",
            Word.FOLLOW_UP: r"(?:pregunta )?(?:de seguimiento|adicional|repregunta)",
            Word.CODE: r"código|fragmento",
            Word.CONTENTS: r"(?:tabla de )?contenidos?|índice|índice de contenidos|temario",
            Word.ASIDE: r"recursos|referencias|enlaces|licencia|contribuir|contribuciones|introducción|conclusi[oó]n(?:es)?|resumen|agradecimientos|acerca de.*|bibliografía|glosario|sobre (?:mí|este .*)|requisitos",
            Word.TOP: r"volver (?:arriba|al (?:inicio|índice|principio|menú))|(?:ir )?arriba|subir",
        },
        tiers={
            Tier.SHORT: r"corta|breve|básic[oa]|sencill[oa]|principiante|fácil|júnior",
            Tier.MEDIUM: r"media|medi[oa]|intermedi[oa]|normal",
            Tier.SENIOR: r"larga|detallada|avanzad[oa]|expert[oa]|profund[oa]|difícil|sénior|completa",
        },
    ),
    "it": Language(
        opens=(
            r"che\s+cos['’’]?|cos['’]è|cosa|che|chi|perché|perche|come|quando|dove|quali|quale|qual\s+è|quanti|quante|quanto|spiega(?:re|te|mi)?|descriv[ie](?:re)?|defini(?:sci|re|zione\s+di)|elenca(?:re)?|nomina|confronta|differenz[ae]\s+(?:tra|fra)|cita|vero\s+o\s+falso|a\s+(?:che|cosa)\s+(?:cosa\s+)?serv|in\s+(?:che|quale)|per\s+quale|illustra|parla"
        ),
        prints=r"stampa(?:to|ta|no|rà)?|output|mostra|console",
        words={
            Word.QUESTION: r"d|domanda|quesito",
            Word.ANSWER: r"r|(?:(?:mostra|vedi|la) )*(?:rispost[ae]|soluzione)(?: (?:corrett[ae]|esatt[ae]))?",
            Word.ANSWERS: r"risposte|soluzioni|chiave",
            Word.OPTIONS: r"opzioni|alternative|scelte",
            Word.EXPLANATION: r"spiegazione|motivazione|giustificazione",
            Word.OUTPUT: r"uscita|risultato",
            Word.HINT: r"suggeriment[oi]|indizi?o?",
            Word.FOLLOW_UP: r"domanda (?:successiva|aggiuntiva|di approfondimento)",
            Word.CODE: r"codice",
            Word.CONTENTS: r"indice|sommario|contenuti",
            Word.ASIDE: r"risorse|riferimenti|collegamenti|licenza|contribuire|introduzione|conclusion[ei]|riassunto|ringraziamenti|bibliografia|glossario|prerequisiti",
            Word.TOP: r"torna (?:su|all['’](?:inizio|indice)|in (?:alto|cima))",
        },
        tiers={
            Tier.SHORT: r"brev[ei]|cort[ae]|base|semplice|principiante|facile",
            Tier.MEDIUM: r"medi[oa]|intermedi[oa]",
            Tier.SENIOR: r"lung[ao]|dettagliat[ao]|avanzat[ao]|approfondit[ao]|espert[ao]|difficile",
        },
    ),
    "pt": Language(
        opens=(
            r"o\s+que|que|por\s*qu[eê]|como|quando|onde|quem|quais|qual|quant[oa]s?|explique|explica|descreva|defina|cite|liste|nomeie|compare|diferenças?\s+entre|qual\s+a\s+diferença|dê\s+(?:um|exemplos?)|mencione|verdadeiro\s+ou\s+falso|para\s+que|em\s+que|fale\s+sobre|existe|é\s+possível"
        ),
        prints=r"imprime|impresso|sa[ií]da|exibid[oa]|exibe|console|mostra(?:do)?|resultado|retorno",
        words={
            Word.QUESTION: r"p|pergunta|questão|enunciado",
            Word.ANSWER: r"r|(?:(?:ver|mostrar|a|exibir) )*(?:respostas?|solução|gabarito)(?: (?:corretas?|certas?))?|resp",
            Word.ANSWERS: r"respostas|gabarito|soluções",
            Word.OPTIONS: r"opções|alternativas",
            Word.EXPLANATION: r"explicação|justificativa|comentário",
            Word.OUTPUT: r"saída|resultado",
            Word.HINT: r"dicas?",
            Word.FOLLOW_UP: r"pergunta (?:adicional|de acompanhamento|extra|complementar)",
            Word.CODE: r"código|trecho",
            Word.CONTENTS: r"índice|sumário|conteúdos?|tabela de conteúdos?",
            Word.ASIDE: r"recursos|referências|links(?: úteis)?|licença|contribuir|contribuições|contribuindo|introdução|conclusão|resumo|agradecimentos|bibliografia|glossário|sobre(?: .*)?|pré-requisitos",
            Word.TOP: r"(?:voltar|ir|subir) (?:ao|para o) (?:topo|índice|início|sumário)|topo",
        },
        tiers={
            Tier.SHORT: r"curta|breve|básic[oa]|simples|iniciante|fácil|júnior",
            Tier.MEDIUM: r"média|médio|intermediári[oa]|pleno",
            Tier.SENIOR: r"longa|detalhad[oa]|avançad[oa]|completa|especialista|difícil|sênior|aprofundad[oa]",
        },
    ),
    "ru": Language(
        opens=(
            r"что|чем|чего|чему|о\s+ч[её]м|в\s+ч[её]м|на\s+ч[её]м|из\s+чего|к\s+чему|для\s+чего|как|какие|какая|какое|каков[аоы]?|какой|каким|какими|каких|какую|каком|почему|зачем|когда|где|куда|откуда|кто|кого|кому|сколько|чей|назовите|назови|опишите|опиши|объясните|объясни|перечислите|перечисли|расскажите|расскажи|приведите|приведи|дайте|сравните|дать\s+определение"
            r"|отличи[ея]|разница|различи[ея]|можно\s+ли|нужно\s+ли|является\s+ли|есть\s+ли|бывает|знаете|может\s+ли|могут\s+ли|верно\s+ли|напишите|определение"
        ),
        prints=r"консоли|вывед(?:ет|ется|ено)|вывод(?:е|ом|ит)?\b|напечата\w+|распечата\w+",
        words={
            Word.QUESTION: r"в|вопрос|задача|задание",
            Word.ANSWER: r"о|(?:(?:показать|посмотреть|смотреть|правильный|верный|правильные|верные) )*(?:ответы?|решение|решения)",
            Word.ANSWERS: r"ответы|ключи?|решения|правильные ответы",
            Word.OPTIONS: r"варианты(?: ответов?)?|варианты ответа",
            Word.EXPLANATION: r"объяснение|пояснение|обоснование|разбор",
            Word.OUTPUT: r"вывод|результат",
            Word.HINT: r"подсказк[аи]",
            Word.FOLLOW_UP: r"дополнительный вопрос|доп(?:\.|олнительно)|уточняющий вопрос",
            Word.CODE: r"код|пример кода",
            Word.CONTENTS: r"содержание|оглавление|список вопросов",
            Word.ASIDE: r"источники|ссылки|литература|лицензия|введение|заключение|итоги?|благодарности|об авторе|о проекте|полезные (?:ссылки|материалы)|ресурсы|вклад",
            Word.TOP: r"(?:вернуться |назад |перейти )?(?:наверх|к (?:оглавлению|содержанию|началу|вопросам|списку.*)|в начало)|назад",
        },
        tiers={
            Tier.SHORT: r"кратко|коротко|краткий|короткий|просто|базовый|джуниор|простой",
            Tier.MEDIUM: r"средний|мидл|стандартный|нормально",
            Tier.SENIOR: r"подробно|подробный|развёрнутый|развернутый|глубоко|сеньор|продвинутый|сложный|детально",
        },
    ),
    "zh": Language(
        opens=r"",
        holds=r"什么|什麼|怎么|怎麼|怎样|怎樣|如何|为什么|為什麼|为何|哪些|哪个|哪個|哪种|哪一|区别|區別|吗$|嗎$|呢$|是否|请(?:简述|说|解释|描述|列举|介绍)|简述|說明|谈谈|多少|有何|几种|能否|可否|了解.{0,20}吗|异同|说一下|说说|解释一下|介绍(?:一下|下)",
        prints=r"输出|打印|輸出|控制台|印出",
        words={
            Word.QUESTION: r"问|問|问题|問題|题目|題目|题",
            Word.ANSWER: r"答|(?:查看|参考|正确|正確|点击查看|显示)?(?:答案|解答|回答|答|答复)|解",
            Word.ANSWERS: r"答案|参考答案|正确答案|答案与解析|答案解析",
            Word.OPTIONS: r"选项|選項",
            Word.EXPLANATION: r"解析|解释|解釋|说明|分析|原因|详解",
            Word.OUTPUT: r"输出|输出结果|运行结果|结果",
            Word.HINT: r"提示",
            Word.FOLLOW_UP: r"追问|延伸|补充问题",
            Word.CODE: r"代码|程序",
            Word.CONTENTS: r"目录|目錄|内容",
            Word.ASIDE: r"参考|参考资料|参考文献|许可证|贡献|前言|简介|介绍|总结|小结|致谢|关于.*|资源|链接|公众号|联系.*|交流.*|星球|写在(?:前面|最后)|更新日志",
            Word.TOP: r"返回(?:顶部|目录|首页)|回到顶部|⬆.*",
        },
        tiers={
            Tier.SHORT: r"简短|简答|简单|初级|基础",
            Tier.MEDIUM: r"中等|中级|标准",
            Tier.SENIOR: r"详细|深入|高级|进阶|详答",
        },
    ),
    "ja": Language(
        opens=r"",
        holds=r"とは$|とは何|とは[?？]|なぜ|何故|何(?:です|でしょ|が|を|の|か|と|で)|どの(?:よう|種|く)|どう|どれ|どこ|いつ|誰|違い|(?:です|ます|せん|でしょう|だろう)か$|説明(?:して|せよ)|述べ|挙げ|教えて|いくつ|について",
        prints=r"出力|表示され|コンソール|ログ",
        words={
            Word.QUESTION: r"問|質問|問題|設問",
            Word.ANSWER: r"答|(?:模範|正解の)?(?:答え|解答|回答|正解)(?:を(?:見る|表示))?(?:例)?",
            Word.ANSWERS: r"解答|答え|正解|解答一覧|回答",
            Word.OPTIONS: r"選択肢",
            Word.EXPLANATION: r"解説|説明|理由",
            Word.OUTPUT: r"出力|結果|実行結果",
            Word.HINT: r"ヒント",
            Word.FOLLOW_UP: r"追加質問|発展",
            Word.CODE: r"コード",
            Word.CONTENTS: r"目次|もくじ",
            Word.ASIDE: r"参考|参考文献|ライセンス|はじめに|おわりに|まとめ|概要|謝辞|リンク|貢献",
            Word.TOP: r"(?:ページ)?(?:の)?(?:先頭|トップ|目次)(?:へ|に)(?:戻る)?|上に戻る",
        },
        tiers={
            Tier.SHORT: r"短い|簡単|簡潔|初級|基本|基礎",
            Tier.MEDIUM: r"中級|普通|標準",
            Tier.SENIOR: r"詳しい|詳細|上級|応用|発展的",
        },
    ),
    "ar": Language(
        opens=(
            r"ما|ماذا|لماذا|كيف|متى|أين|من|هل|كم|أي|أية|اشرح|عرف|عرّف|اذكر|وضح|قارن|صف|عدد|فسر|ما\s+(?:هو|هي|هما|هم|الفرق)|الفرق\s+بين|علل|حدد|بم|فيم|مم|لم|صح\s+أم\s+خطأ"
        ),
        prints=r"يطبع|المخرجات|الناتج|ستطبع|سيطبع|يظهر",
        words={
            Word.QUESTION: r"س|سؤال|السؤال",
            Word.ANSWER: r"ج|(?:عرض |اظهر |إظهار )?(?:ال)?(?:إجابة|اجابة|جواب|حل)(?: الصحيحة| النموذجية)?",
            Word.ANSWERS: r"(?:ال)?(?:إجابات|اجابات|أجوبة|حلول)|مفتاح (?:ال)?(?:إجابات|اجابات|إجابة)",
            Word.OPTIONS: r"(?:ال)?(?:خيارات|اختيارات)",
            Word.EXPLANATION: r"(?:ال)?(?:شرح|توضيح|تفسير|سبب)",
            Word.OUTPUT: r"(?:ال)?(?:مخرجات|ناتج|نتيجة)",
            Word.HINT: r"(?:تلميح|ملاحظة مساعدة)",
            Word.FOLLOW_UP: r"سؤال (?:إضافي|متابعة)",
            Word.CODE: r"(?:ال)?(?:كود|شيفرة)",
            Word.CONTENTS: r"(?:ال)?(?:محتويات|فهرس|المحتوى)|جدول المحتويات",
            Word.ASIDE: r"(?:ال)?(?:مصادر|مراجع|مقدمة|خاتمة|ترخيص|رخصة|مساهمة|ملخص|روابط)",
            Word.TOP: r"(?:العودة|الرجوع) (?:إلى|الى|ل)(?: )?(?:الأعلى|القائمة|الفهرس|المحتويات|البداية)",
        },
        tiers={
            Tier.SHORT: r"قصير|قصيرة|مختصر|مختصرة|باختصار|مبتدئ|بسيط|بسيطة|أساسي",
            Tier.MEDIUM: r"متوسط|متوسطة",
            Tier.SENIOR: r"طويل|طويلة|مفصل|مفصلة|بالتفصيل|متقدم|متقدمة|خبير|عميق",
        },
    ),
}

MARKS = "?？؟⸮"
_SPOKEN = re.compile(rf"[{MARKS}](?=[\s)\]\"”»’'*_`~」』）.!]*(?:$|\s|[^\x00-\x7f]))")


@cache
def pattern(word: Word) -> re.Pattern[str]:
    """The words of all languages for ``word``, as a pattern to be matched against a whole text."""
    union = "|".join(one.words[word] for one in LANGUAGES.values() if word in one.words)
    return re.compile(rf"(?:{union})", re.IGNORECASE)


@cache
def _opens() -> re.Pattern[str]:
    words = "|".join(one.opens for one in LANGUAGES.values() if one.opens)
    return re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _holds() -> re.Pattern[str]:
    return re.compile("|".join(one.holds for one in LANGUAGES.values() if one.holds))


@cache
def _prints() -> re.Pattern[str]:
    latin = "|".join(rf"\b(?:{one.prints})" for key, one in LANGUAGES.items() if key not in _CJK)
    return re.compile("|".join((latin, *(LANGUAGES[key].prints for key in _CJK))), re.IGNORECASE)


_CJK = ("zh", "ja")


def is_word(word: Word, text: str) -> bool:
    """Whether ``text``, without decoration around it, is a label or title of that kind."""
    return pattern(word).fullmatch(text) is not None


def puts_question_mark(text: str) -> bool:
    """Whether a sentence of ``text`` ends in a question mark of any script."""
    return any(mark in text for mark in MARKS) and _SPOKEN.search(text) is not None


def asks(text: str) -> bool:
    """Whether an undecorated line asks: by its mark, by how it begins, or by a word in it."""
    if puts_question_mark(text) or _GAP.search(text):
        return True
    opening = _opens().match(text)
    if opening and text[opening.end() :].strip(" .:*_`"):
        return True
    return bool(opening and not text[:1].isascii()) or bool(_holds().search(text.rstrip(" .。:：*_`")))


_GAP = re.compile(r"_{4,}|\[(?:…|\.{3})\]|\.{6,}|…{2,}")


def asks_for_output(text: str) -> bool:
    """Whether a prompt asks what code prints."""
    return bool(_prints().search(text))


def speaking(words: str) -> re.Pattern[str]:
    """A pattern that finds any of ``words`` as whole words, or in scripts without blanks anywhere."""
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)
