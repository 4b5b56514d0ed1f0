"""Postings in the languages that guides are tried in, written for the tests: a shop, two wards, three offices, four teams of developers."""

from __future__ import annotations

from functions.interview_prep.stage_messages import Posting

POSTINGS = {
    "es": Posting(
        title="Analista contable",
        company="Conservas Arbelo",
        location="Las Palmas",
        salary="26.000 a 30.000 € al año",
        employment_type="Jornada completa",
        language="es",
        description="""Sobre nosotros
Conservas Arbelo envasa pescado desde 1961 y da trabajo a 180 personas. Buscamos una persona para el equipo de contabilidad, que son cinco.

Funciones
- Registrar unas 700 facturas al mes y conciliar los bancos.
- Preparar el cierre mensual con el responsable de contabilidad.
- Resolver diferencias con proveedores y clientes.

Requisitos
- Al menos dos años de experiencia en contabilidad de una empresa industrial.
- Buen manejo de Excel y de SAP.
- Inglés de nivel B2.

Se valora
- Conocimiento del impuesto canario.

Ofrecemos
- 26.000 a 30.000 € al año.
- Horario flexible y un día de teletrabajo a la semana.""",
    ),
    "fr": Posting(
        title="Développeur backend (H/F)",
        company="Brévent Mobilités",
        location="Grenoble",
        salary="44 000 à 52 000 € par an",
        employment_type="CDI",
        valid_through="2027-02-15",
        language="fr",
        description="""À propos
Brévent Mobilités exploite la billetterie de 38 réseaux de bus et emploie 64 personnes. Nous recherchons un développeur ou une développeuse pour notre équipe de Grenoble.

Vos missions
- Développer en Python les services de vente et de validation des titres.
- Réduire le temps de réponse des bornes et le mesurer.
- Participer à l’astreinte une semaine sur six et au déploiement sur Kubernetes.
- Écrire des tests automatisés et relire le code de l’équipe.

Profil recherché
- Au moins trois ans d’expérience avec Python en production.
- Bonne maîtrise de PostgreSQL.
- Expérience de Docker et d’une chaîne d’intégration continue.

Un plus
- Connaissance de Terraform.

Nous offrons
- 44 000 à 52 000 € par an.
- Deux jours de télétravail par semaine.
- Notre processus : un appel de 20 minutes avec les ressources humaines, un exercice à la maison, un entretien technique de 60 minutes avec l’équipe.
Date limite : 15/02/2027""",
    ),
    "fr-care": Posting(
        title="Infirmier en dialyse (H/F)",
        company="Centre de dialyse des Alpilles",
        location="Salon-de-Provence",
        language="fr",
        description="""Le centre accueille 96 patients par semaine. Nous recherchons un infirmier ou une infirmière à temps plein.

Vos missions
- Brancher les patients et les surveiller pendant la séance.
- Tenir le dossier de soins et faire les transmissions.
- Accueillir les nouveaux patients et leurs proches.

Profil recherché
- Diplôme d’État d’infirmier.
- Sens de l’équipe et calme dans l’urgence.

Nous offrons
- Un planning connu six semaines à l’avance.""",
    ),
    "de": Posting(
        title="Senior Backend-Entwicklerin / Backend-Entwickler (m/w/d)",
        company="Feldmark Logistiksoftware GmbH",
        location="Leipzig",
        salary="68.000 bis 78.000 Euro im Jahr",
        employment_type="Vollzeit",
        valid_through="2027-01-15",
        language="de",
        description="""Über uns
Feldmark entwickelt seit 2011 Software, mit der 340 Speditionen ihre Touren planen. Unser Team in Leipzig besteht aus 26 Menschen.

Ihre Aufgaben
- Sie entwickeln unsere Schnittstellen für Tourenplanung und Sendungsverfolgung in Java 17 und Kotlin weiter.
- Sie verkürzen die Rechenzeit großer Touren und messen, was es bringt.
- Sie betreuen den Betrieb auf Kubernetes mit, einschließlich Rufbereitschaft eine Woche in sechs.
- Sie prüfen Code, schreiben automatisierte Tests und arbeiten zwei neue Kolleginnen ein.

Das bringen Sie mit
- Mindestens vier Jahre Erfahrung mit Java oder Kotlin in produktiven Systemen.
- Sicherer Umgang mit PostgreSQL und Kafka.
- Erfahrung mit Docker und CI/CD.
- Deutsch auf Niveau B2.

Von Vorteil
- Kenntnisse in der Optimierung von Routen.
- Erfahrung mit Terraform.

Wir bieten
- 68.000 bis 78.000 Euro im Jahr.
- 30 Urlaubstage und ein Budget für Weiterbildung.
- Unser Verfahren: 30 Minuten Telefonat mit der Personalabteilung, eine Aufgabe für zu Hause (höchstens drei Stunden), ein Fachgespräch von 60 Minuten mit dem Team.
Bewerbungsschluss: 15.01.2027""",
    ),
    "de-shop": Posting(
        title="Filialleitung Bäckerei",
        company="Backhaus Wiesner GmbH & Co. KG",
        location="Göttingen",
        salary="2.900 bis 3.300 Euro brutto im Monat",
        employment_type="Vollzeit",
        valid_through="2026-12-20",
        language="de",
        description="""Backhaus Wiesner betreibt 34 Bäckereien in Südniedersachsen. Für unsere Filiale in der Weender Straße suchen wir eine Filialleitung in Vollzeit.

Ihre Aufgaben
- Sie führen ein Team von neun Mitarbeiterinnen und Mitarbeitern und schreiben den Dienstplan.
- Sie bestellen Ware so, dass abends wenig übrig bleibt.
- Sie verantworten Kasse, Abrechnung und Hygiene nach HACCP.
- Sie bedienen selbst mit, besonders in den Stoßzeiten am Morgen.

Ihr Profil
- Ausbildung im Lebensmittelhandwerk oder im Einzelhandel.
- Mindestens zwei Jahre Erfahrung in der Führung eines Teams.
- Bereitschaft, ab 5 Uhr und an zwei Samstagen im Monat zu arbeiten.

Wir bieten
- 2.900 bis 3.300 Euro brutto im Monat und eine Prämie auf den Umsatz.
- 28 Urlaubstage, Zuschuss zum Deutschlandticket.
- Beginn: 01.02.2027. Bewerbungen bis 20.12.2026.""",
    ),
    "cs": Posting(
        title="Samostatná účetní",
        company="Mlékárna Podlesí a.s.",
        location="Jihlava",
        salary="41 000 až 46 000 Kč měsíčně",
        employment_type="Hlavní pracovní poměr",
        valid_through="2027-01-31",
        language="cs",
        description="""O nás
Mlékárna Podlesí zpracovává mléko od 85 farem z Vysočiny a zaměstnává 210 lidí. Do týmu pěti účetních hledáme samostatnou účetní nebo účetního.

Náplň práce
- Vedení závazků a pohledávek, zhruba 900 faktur měsíčně.
- Příprava podkladů pro DPH a kontrolní hlášení.
- Spolupráce na měsíční a roční závěrce a s auditorem.
- Odsouhlasení zůstatků s odběrateli a řešení rozdílů.

Požadujeme
- Středoškolské vzdělání ekonomického směru.
- Minimálně tři roky praxe v účetnictví výrobní firmy.
- Znalost českých účetních předpisů a zákona o DPH.
- Dobrou znalost Excelu; SAP je výhodou.

Nabízíme
- Mzdu 41 000 až 46 000 Kč měsíčně podle praxe.
- Pět týdnů dovolené a jeden den v týdnu z domova.
- Hlavní pracovní poměr, nástup od 1. 3. 2027.
Životopis zašlete do 31. 1. 2027. Výběrové řízení: telefonický rozhovor, pak pohovor s hlavní účetní a krátký test z DPH.""",
    ),
    "cs-care": Posting(
        title="Zdravotní sestra na dialýzu",
        company="Nefrocentrum Pardubice s.r.o.",
        location="Pardubice",
        salary="42 000 až 48 000 Kč měsíčně",
        employment_type="Plný úvazek",
        valid_through="2026-12-31",
        language="cs",
        description="""Nefrocentrum Pardubice ošetřuje 140 dialyzovaných pacientů. Do našeho týmu hledáme zdravotní sestru na plný úvazek.

Náplň práce
- Napojování a sledování pacientů během dialýzy.
- Péče o cévní přístupy a dokumentace.
- Edukace pacientů o dietě a pitném režimu.

Požadujeme
- Vzdělání v oboru všeobecná sestra a registraci.
- Ochotu pracovat na směny od 6 do 22 hodin.
- Praxe na interním oddělení je výhodou.

Nabízíme
- Mzdu 42 000 až 48 000 Kč měsíčně.
- Náborový příspěvek 60 000 Kč a šest týdnů dovolené.
- Nástup od 1. 2. 2027. Životopis zašlete do 31. 12. 2026.""",
    ),
    "el": Posting(
        title="Λογιστής / Λογίστρια",
        company="Νηματουργεία Αξιού Α.Ε.",
        location="Θεσσαλονίκη",
        salary="1.350 έως 1.550 ευρώ μεικτά τον μήνα",
        employment_type="Πλήρης απασχόληση",
        valid_through="2027-01-20",
        language="el",
        description="""Ποιοι είμαστε
Τα Νηματουργεία Αξιού παράγουν νήματα από το 1974 και απασχολούν 160 ανθρώπους. Αναζητούμε λογιστή για το οικονομικό τμήμα.

Αρμοδιότητες
- Τήρηση λογιστικών βιβλίων διπλογραφικού συστήματος.
- Έκδοση και έλεγχος τιμολογίων, περίπου 600 τον μήνα.
- Συμφωνία υπολοίπων με πελάτες, προμηθευτές και τράπεζες.
- Υποβολή δηλώσεων ΦΠΑ και μισθοδοσίας στην πλατφόρμα myDATA.

Απαραίτητα προσόντα
- Πτυχίο οικονομικής κατεύθυνσης.
- Τουλάχιστον τρία χρόνια εμπειρίας σε λογιστήριο Α.Ε.
- Πολύ καλή γνώση Excel και SoftOne.
- Άδεια λογιστή Β΄ τάξης.

Επιθυμητά
- Γνώση αγγλικών.
- Εμπειρία σε έλεγχο από ορκωτούς λογιστές.

Προσφέρουμε
- Μισθό 1.350 έως 1.550 ευρώ μεικτά τον μήνα και 14 μισθούς.
- Πλήρης απασχόληση και ιδιωτική ασφάλιση.
Αποστολή βιογραφικών έως 20/01/2027. Η διαδικασία: τηλεφωνική συνέντευξη και συνέντευξη με τον οικονομικό διευθυντή.""",
    ),
    "el-shop": Posting(
        title="Υπεύθυνη Καταστήματος Παπουτσιών",
        company="Βήμα & Πέλμα",
        location="Λάρισα",
        salary="1.150 έως 1.300 ευρώ μεικτά τον μήνα",
        employment_type="Πλήρης απασχόληση",
        valid_through="",
        language="el",
        description="""Η Βήμα & Πέλμα έχει 22 καταστήματα παπουτσιών σε όλη την Ελλάδα. Για το κατάστημα της οδού Κύπρου αναζητούμε υπεύθυνη καταστήματος.

Αρμοδιότητες
- Καθοδήγηση ομάδας έξι πωλητριών και κατάρτιση προγράμματος εργασίας.
- Εξυπηρέτηση πελατών και διαχείριση παραπόνων.
- Παραλαβή εμπορευμάτων, απογραφή και τοποθέτηση στη βιτρίνα.
- Κλείσιμο ταμείου και ημερήσια αναφορά.

Απαραίτητα προσόντα
- Τουλάχιστον δύο χρόνια εμπειρίας σε λιανική πώληση.
- Εμπειρία σε διοίκηση ομάδας.
- Διαθεσιμότητα για Σάββατα και δύο Κυριακές τον χρόνο.

Προσφέρουμε
- Μισθό 1.150 έως 1.300 ευρώ μεικτά τον μήνα και μπόνους επί των πωλήσεων.
- Πλήρης απασχόληση, έναρξη τον Μάρτιο του 2027.""",
    ),
    "zh": Posting(
        title="后端开发工程师",
        company="杭州青禾智运科技有限公司",
        location="杭州市滨江区",
        salary="月薪25000至38000元",
        employment_type="全职",
        valid_through="2027-02-15",
        language="zh",
        description="""关于我们
青禾智运成立于2016年，为全国280家物流园区提供调度系统。我们的研发团队有45人。

岗位职责
- 负责调度系统后端服务的设计和开发，使用Java和Go。
- 优化MySQL查询和Kafka消息处理，把高峰期延迟降到200毫秒以内。
- 参与Kubernetes集群的部署和监控，每六周值班一周。
- 编写自动化测试，参与代码评审，带一名新人。

任职要求
- 本科及以上学历，三年以上后端开发经验。
- 熟悉Java或Go，熟悉MySQL、Redis和Kafka。
- 了解微服务架构，有线上故障处理经验。
- 良好的沟通能力，能独立负责一个模块。

加分项
- 有物流行业经验。
- 熟悉Terraform。

我们提供
- 月薪25000至38000元，十五薪，全职。
- 五险一金，每年15天年假。
- 面试流程：电话沟通30分钟、笔试90分钟、两轮技术面试、部门经理面谈。
投递截止日期：2027年2月15日""",
    ),
    "zh-shop": Posting(
        title="门店店长",
        company="南京栗子树烘焙有限公司",
        location="南京市鼓楼区",
        salary="月薪9000至12000元",
        employment_type="全职",
        valid_through="",
        language="zh",
        description="""栗子树烘焙在江苏有38家门店。我们正在寻找湖南路门店的店长。

岗位职责
- 带领八名店员，安排每周排班。
- 根据销售数据订货，减少当天剩余。
- 负责收银、盘点和食品安全检查。
- 接待顾客并处理投诉。

任职要求
- 两年以上餐饮或零售门店管理经验。
- 能接受早班和周末轮班，持有健康证。
- 会使用Excel，做事细心，善于与顾客沟通。

我们提供
- 月薪9000至12000元，另有销售提成。
- 全职，包工作餐，入职时间为2027年3月。""",
    ),
    "ar": Posting(
        title="مطور واجهات خلفية",
        company="شركة مسار الرقمية",
        location="عمّان",
        salary="1100 إلى 1500 دينار شهريا",
        employment_type="دوام كامل",
        valid_through="2027-01-31",
        language="ar",
        description="""نبذة عن الشركة
شركة مسار الرقمية تبني منصة حجوزات تستخدمها 120 شركة نقل في الأردن. فريقنا يضم 18 شخصا.

المهام
- تطوير خدمات الحجز والدفع بلغة Java و Python.
- تحسين استعلامات PostgreSQL وتقليل زمن الاستجابة.
- متابعة الخدمات على Kubernetes والمناوبة أسبوعا كل شهر.
- كتابة الاختبارات ومراجعة الكود مع الفريق.

المتطلبات
- خبرة ثلاث سنوات على الأقل في تطوير الخدمات الخلفية.
- إجادة Java أو Python و SQL.
- معرفة بأدوات Docker و CI/CD.
- القدرة على العمل ضمن فريق والتواصل مع العملاء.

نقدم
- راتب من 1100 إلى 1500 دينار شهريا.
- دوام كامل مع يومين عن بعد.
- خطوات التوظيف: مكالمة هاتفية، اختبار عملي، مقابلة مع مدير التطوير.
آخر موعد للتقديم: 31/01/2027""",
    ),
    "ar-acc": Posting(
        title="محاسب أول",
        company="شركة واحة الأمل للأغذية",
        location="الرياض",
        salary="من 9000 إلى 11500 ريال شهريا",
        employment_type="دوام كامل",
        valid_through="2027-01-25",
        language="ar",
        description="""نبذة عن الشركة
شركة واحة الأمل للأغذية تأسست عام 1998 وتورّد منتجاتها إلى 450 متجرا في المملكة. نبحث عن محاسب أول لفريق المالية.

المهام
- إعداد قيود اليومية ومراجعة نحو 700 فاتورة شهريا.
- مطابقة أرصدة العملاء والموردين والبنوك.
- إعداد إقرارات ضريبة القيمة المضافة وتقديمها إلى الهيئة.
- المشاركة في الإقفال الشهري والسنوي والعمل مع المراجع الخارجي.

المتطلبات
- بكالوريوس محاسبة.
- خبرة ثلاث سنوات على الأقل في المحاسبة.
- إجادة برنامج Excel ونظام SAP.
- معرفة جيدة بالمعايير الدولية IFRS.

يفضل
- شهادة SOCPA أو CMA.

المزايا
- راتب من 9000 إلى 11500 ريال شهريا مع تأمين طبي.
- دوام كامل، ويوم عمل عن بعد كل أسبوع.
آخر موعد للتقديم: 25/01/2027""",
    ),
}
