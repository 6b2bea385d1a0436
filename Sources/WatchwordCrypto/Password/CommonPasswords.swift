// Written by scripts/common-passwords; change the habits there and run it again.

/// 2766 passwords of at least six characters, in lower case, apart by white space.
let commonPasswords = """
    000000 0000000 00000000 000000000 0000000000 010101 01010101 098765 0987654 09876543 098765432 0987654321
    101010 10101010 111111 1111111 11111111 111111111 1111111111 121212 12121212 123123 123123123 123456 1234567
    12345678 123456789 1234567890 1234567891 12345678912 123456789123 123456789a 12345678a 1234567a 1234567q
    123456a 123456q 123456qwerty 12345qwert 1234abcd 1234qwer 123abc 123asd 123asd123 123qwe 123zxc 12qwaszx
    12wsxc 12wsxcd 12wsxcde 12wsxcde3 131313 13131313 147147 147147147 147258 1472583 14725836 147258369 159159
    159159159 159357 1593574 15935745 159357456 165498 1654987 185296 1852963 19601960 19611961 19621962 19631963
    19641964 19651965 19661966 19671967 19681968 19691969 19701970 19711971 19721972 19731973 19741974 19751975
    19761976 19771977 19781978 19791979 19801980 19811981 19821982 19831983 19841984 19851985 19861986 19871987
    19881988 19891989 19901990 19911991 19921992 19931993 19941994 19951995 19961996 19971997 19981998 19991999
    1q2w3e 1q2w3e4 1q2w3e4r 1q2w3e4r5 1q2w3e4r5t 1q2w3e4r5t6 1q2w3e4r5t6y 1qaz2w 1qaz2ws 1qaz2wsx 1qaz2wsx3
    1qaz2wsx3e 1qaz2wsx3ed 1qaz2wsx3edc 1qazxs 1qazxsw 1qazxsw2 1qazxsw23 1qazxsw23e 1qazxsw23ed 1qazxsw23edc
    1w2e3r 1w2e3r4 1w2e3r4t 1w2e3r4t5 1w2e3r4t5y 1w2e3r4t5y6 20002000 20012001 20022002 20032003 20042004 20052005
    20062006 20072007 20082008 20092009 20102010 20112011 20122012 20132013 20142014 20152015 20162016 20172017
    20182018 20192019 202020 20202020 20212021 20222022 20232023 20242024 20252025 20262026 20272027 20282028
    20292029 20302030 212121 21212121 216549 2165498 21654987 222222 2222222 22222222 222222222 2222222222 232323
    23232323 234567 2345678 23456789 234567890 234567891 2345678912 23456789123 234567891234 258258 258258258
    258369 2e3r4t 2e3r4t5 2e3r4t5y 2e3r4t5y6 2w3e4r 2w3e4r5 2w3e4r5t 2w3e4r5t6 2w3e4r5t6y 2w3e4r5t6y7 2w3e4r5t6y7u
    321321 321321321 321654 3216549 32165498 321654987 333333 3333333 33333333 333333333 3333333333 345678 3456789
    34567890 34567891 345678912 3456789123 34567891234 345678912345 357456 369369 369369369 385274 3852741 418529
    4185296 41852963 444444 4444444 44444444 444444444 4444444444 454545 45454545 456123 456456 456456456 456789
    4567890 4567891 45678912 456789123 4567891234 45678912345 456789123456 472583 4725836 47258369 555555 5555555
    55555555 555555555 5555555555 593574 5935745 59357456 638527 6385274 63852741 654987 666666 6666666 66666666
    666666666 6666666666 696969 69696969 725836 7258369 741852 7418529 74185296 741852963 765432 7654321 777777
    7777777 77777777 777777777 7777777777 787878 78787878 789456 7894561 78945612 789456123 789789 789789789
    852741 852963 876543 8765432 87654321 888888 8888888 88888888 888888888 8888888888 894561 8945612 89456123
    935745 9357456 945612 9456123 963852 9638527 96385274 963852741 987654 9876543 98765432 987654321 987987
    987987987 999999 9999999 99999999 999999999 9999999999 a123456 a1234567 a12345678 a123456789 a1b2c3 a1b2c3d4
    a1s2d3f4 aa123456 aaaaaa aaaaaaaa aabbcc aaron1 aaron12 aaron123 aaron1234 abc123 abc1234 abc12345 abcabc
    abcd123 abcd1234 abcde1 abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk abcdefghijkl access access1
    access123 access14 acmilan adam12 adam123 adam1234 admin123 admin1234 admin12345 adminadmin administrator
    adrian adrian1 adrian123 alan12 alan123 alan1234 albert albert1 albert123 alejandro alejandro1 alejandro123
    alex12 alex123 alex1234 alexander alexander1 alexander123 alexandra alexandra1 alexandra123 alexis alexis1
    alexis123 alice1 alice12 alice123 alice1234 alicia alicia1 alicia123 alison alison1 alison123 allison allison1
    allison123 always always1 amanda amanda1 amanda123 amber1 amber12 amber123 amber1234 amelia amelia1 amelia123
    amen123 america america1 americano amy123 amy1234 andre1 andre12 andre123 andre1234 andrea andrea1 andrea123
    andreas andreas1 andreas123 andrew andrew1 andrew123 android andy12 andy123 andy1234 angel1 angel123 angel1234
    angel12345 angela angela1 angela123 angelangel angelina angelina1 angelina123 angels anita1 anita12 anita123
    anita1234 anna12 anna123 anna1234 anthony anthony1 anthony123 antonio antonio1 antonio123 apple123 apple1234
    apple12345 appleapple april123 aq12ws aq12wsx aq12wsxc aq12wsxcd aq12wsxcde aq12wsxcde3 arsenal arsenal1
    arthur arthur1 arthur123 asd123 asdasd asdasdasd asdf123 asdf1234 asdfasdf asdfgh asdfghj asdfghjk asdfghjkl
    asdqwe asdqwe123 asdzxc ashley ashley1 ashley123 asshole august austin austin1 austin123 australia autumn
    autumn2015 autumn2015! autumn2016 autumn2016! autumn2017 autumn2017! autumn2018 autumn2018! autumn2019
    autumn2019! autumn2020 autumn2020! autumn2021 autumn2021! autumn2022 autumn2022! autumn2023 autumn2023!
    autumn2024 autumn2024! autumn2025 autumn2025! autumn2026 autumn2026! autumn2027 autumn2027! autumn2028
    autumn2028! autumn2029 autumn2029! autumn2030 autumn2030! az2wsx az2wsx3 az2wsx3e az2wsx3ed az2wsx3edc
    az2wsx3edc4 az2wsx3edc4r azerty azertyu azertyui azertyuio azertyuiop azxsw2 azxsw23 azxsw23e azxsw23ed
    azxsw23edc baby123 baby1234 baby12345 babybaby babyboy babygirl babygirl1 backdoor banana bananas barbara
    barbara1 barbara123 barcelona barcelona1 bart123 baseball baseball1 basketball batman batman1 batman123 bayern
    bbbbbb bbbbbbbb bcdefg bcdefgh bcdefghi bcdefghij bcdefghijk bcdefghijkl bear123 bear1234 bear12345 bearbear
    beatles beautiful beautiful1 beauty beauty123 beauty1234 beer123 bella123 bella1234 bella12345 bellabella
    benjamin benjamin1 benjamin123 berlin bernard bernard1 bernard123 bestfriend bianca bianca1 bianca123 bible123
    bigboy bigdaddy bigdick bigdog bird123 bird1234 bird12345 birdbird bitch1 biteme black123 black1234 black12345
    blackblack blackjack blessed blessing blink182 blue123 blue1234 blue12345 blueblue bmw123 bonjour bonjour1
    boston brandon brandon1 brandon123 brazil brenda brenda1 brenda123 brian1 brian12 brian123 brian1234 brittany
    brittany1 brittany123 broncos bruno1 bruno12 bruno123 bruno1234 buddy123 buddy1234 buddy12345 buddybuddy
    bullshit bunny123 bunny1234 bunny12345 bunnybunny business butter butterfly butterfly1 caitlin caitlin1
    caitlin123 california cameron cameron1 cameron123 canada candy123 candy1234 candy12345 candycandy captain
    carlos carlos1 carlos123 carmen carmen1 carmen123 carolina carolina1 carolina123 caroline caroline1
    caroline123 casey1 casey12 casey123 casey1234 castle castle123 castle1234 cat123 cat1234 cat12345 catcat
    catherine catherine1 catherine123 cccccc cccccccc cdefgh cdefghi cdefghij cdefghijk cdefghijkl cecilia
    cecilia1 cecilia123 change.me changeme changeme1 changeme123 charizard charles charles1 charles123 charlie
    charlie1 charlie123 charlotte charlotte1 charlotte123 cheese cheese1 chelsea chelsea1 chelsea123 cherry
    cherry123 cherry1234 chicago chocolate chris1 chris12 chris123 chris1234 christ christian christian1
    christian123 christina christina1 christina123 christine christine1 christine123 christopher christopher1
    christopher123 church cisco123 claudia claudia1 claudia123 cloud123 cocacola coffee coffee1 coffee123
    coffee1234 college company computer computer1 connor connor1 connor123 cookie cookie1 cookie123 cookie1234
    cool123 cool1234 cool12345 coolcool corona corvette counterstrike courtney courtney1 courtney123 cowboy
    cowboy1 cowboys cowboys1 crazy123 crazy1234 crazy12345 crazycrazy crystal crystal1 crystal123 cynthia cynthia1
    cynthia123 daddy1 daddysgirl dallas dance123 dance1234 dance12345 dancedance danger danger123 danger1234
    daniel daniel1 daniel123 daniela daniela1 daniela123 danielle danielle1 danielle123 dark123 dark1234 dark12345
    darkdark darkness darthvader database david1 david12 david123 david1234 dddddd dddddddd deadpool death123
    death1234 death12345 deathdeath deborah deborah1 deborah123 december default default1 defghi defghij defghijk
    defghijkl demo123 demo1234 demodemo demon123 demon1234 demon12345 demon666 demondemon denise denise1 denise123
    dennis dennis1 dennis123 derek1 derek12 derek123 derek1234 desert desert123 desert1234 developer devil123
    devil1234 devil12345 devildevil dfghjk dfghjkl diamond diamond1 diamond123 diamond1234 diana1 diana12 diana123
    diana1234 diego1 diego12 diego123 diego1234 docker doctor dodgers dog123 dog1234 dog12345 dogdog dollar
    dollars dolphin dolphin123 dolphin1234 dolphins dominic dominic1 dominic123 donald donald1 donald123 donkey
    donna1 donna12 donna123 donna1234 dorothy dorothy1 dorothy123 douglas douglas1 douglas123 dragon dragon1
    dragon123 dragonball dragonballz dream123 dream1234 dream12345 dreamdream ducati dumbass dylan1 dylan12
    dylan123 dylan1234 eagle123 eagle1234 eagle12345 eagleeagle eagles eagles1 earth123 earth1234 earth12345
    earthearth eduardo eduardo1 eduardo123 edward edward1 edward123 eeeeee eeeeeeee elena1 elena12 elena123
    elena1234 elephant elephant123 elephant1234 elizabeth elizabeth1 elizabeth123 elvis123 emily1 emily12 emily123
    emily1234 eminem emma12 emma123 emma1234 energy energy123 energy1234 engineer england england1 enrique
    enrique1 enrique123 enter123 entrar eric12 eric123 eric1234 erika1 erika12 erika123 erika1234 ertyui ertyuio
    ertyuiop ertzui ertzuio ertzuiop esther esther1 esther123 eugene eugene1 eugene123 evelyn evelyn1 evelyn123
    example example1 fabian fabian1 fabian123 facebook facebook1 faith123 family family1 father february felipe
    felipe1 felipe123 felix1 felix12 felix123 felix1234 fernando fernando1 fernando123 ferrari ferrari1 ffffff
    ffffffff fghjkl fire123 fire1234 fire12345 firefire fireman fish123 fish1234 fish12345 fishfish florence
    florence1 florence123 florida flower flower1 flower123 flower1234 flowers football football1 football123
    forest forest123 forest1234 forever forever1 fortnite fox123 fox1234 fox12345 foxfox france francesca
    francesca1 francesca123 francis francis1 francis123 frank1 frank12 frank123 frank1234 franklin franklin1
    franklin123 frederic frederic1 frederic123 freedom freedom1 friday friend friends friends1 frodo123 fuckoff
    fuckyou fuckyou1 fuckyou2 gabriel gabriel1 gabriel123 gabriela gabriela1 gabriela123 galaxy galaxy123
    galaxy1234 game123 game1234 game12345 gamegame gamer123 gamer1234 gamer12345 gamergamer gandalf garfield
    george george1 george123 gerald gerald1 gerald123 germany gggggg gggggggg ghost123 ghost1234 ghost12345
    ghostghost giants ginger ginger1 gloria gloria1 gloria123 gmail123 goaway god123 god1234 god12345 godgod
    godisgood godislove goku123 gold123 gold1234 gold12345 golden goldfish goldgold golfer goofy123 google google1
    gordon gordon1 gordon123 gorgeous grace1 grace12 grace123 grace1234 green123 green1234 green12345 greengreen
    gregory gregory1 gregory123 guest123 guestguest guitar guitar1 hacker hacker123 hacker1234 hallo123 handsome
    hannah hannah1 hannah123 happy123 happy1234 happy12345 happyhappy harley harley1 harold harold1 harold123
    harry1 harry12 harry123 harry1234 harrypotter hateyou heart123 heart1234 heart12345 heartheart heather
    heather1 heather123 heaven heaven1 hector hector1 hector123 helen1 helen12 helen123 helen1234 hello1 hello123
    hello1234 hello12345 hellohello hellokitty helloworld henry1 henry12 henry123 henry1234 hgfdsa hhhhhh hhhhhhhh
    hidden hockey hockey1 hogwarts homer123 honda123 honey123 honey1234 honey12345 honeybee honeyhoney horse123
    horse1234 horse12345 horsehorse hotmail house123 house1234 house12345 househouse howard howard1 howard123
    hunter hunter1 hunter2 ice123 ice1234 ice12345 iceice idiot123 ihateyou iiiiii iiiiiiii ilovegod ilovejesus
    iloveme iloveu iloveyou iloveyou1 iloveyou123 iloveyou2 instagram intermilan internet internet1 iphone ironman
    isaac1 isaac12 isaac123 isaac1234 isabel isabel1 isabel123 isabella isabella1 isabella123 italia iuytre
    iuytrew iuytrewq jackass jackson jackson1 jackson123 jacob1 jacob12 jacob123 jacob1234 jacqueline jacqueline1
    jacqueline123 jaguar jaguar123 jaguar1234 james1 james12 james123 james1234 jamie1 jamie12 jamie123 jamie1234
    janet1 janet12 janet123 janet1234 january jasmine jasmine1 jasmine123 jason1 jason12 jason123 jason1234 jasper
    jasper1 jasper123 javier javier1 javier123 jeffrey jeffrey1 jeffrey123 jelly123 jelly1234 jelly12345
    jellyjelly jennifer jennifer1 jennifer123 jeremy jeremy1 jeremy123 jerome jerome1 jerome123 jesse1 jesse12
    jesse123 jesse1234 jessica jessica1 jessica123 jesus1 jesus123 jesus1234 jesus12345 jesuschrist jesusjesus
    jhgfds jhgfdsa jjjjjj jjjjjjjj joanna joanna1 joanna123 johanna johanna1 johanna123 johnny johnny1 johnny123
    joker123 joker1234 joker12345 jokerjoker jonathan jonathan1 jonathan123 jordan jordan1 jordan123 jordan23
    jorge1 jorge12 jorge123 jorge1234 joseph joseph1 joseph123 joshua joshua1 joshua123 juan12 juan123 juan1234
    julia1 julia12 julia123 julia1234 julian julian1 julian123 juliana juliana1 juliana123 julie1 julie12 julie123
    julie1234 jungle jungle123 jungle1234 junior junior123 junior1234 justin justin1 justin123 juventus kakashi
    karen1 karen12 karen123 karen1234 karina karina1 karina123 katherine katherine1 katherine123 kathleen
    kathleen1 kathleen123 katie1 katie12 katie123 katie1234 kawasaki keith1 keith12 keith123 keith1234 kelly1
    kelly12 kelly123 kelly1234 kenneth kenneth1 kenneth123 kermit kevin1 kevin12 kevin123 kevin1234 killbill
    killer killer1 killer123 killme kimberly kimberly1 kimberly123 king123 king1234 king12345 kingking kisses
    kitten kitten123 kitten1234 kitty123 kitty1234 kitty12345 kittykitty kjhgfd kjhgfds kjhgfdsa kkkkkk kkkkkkkk
    kristen kristen1 kristen123 kristina kristina1 kristina123 kubernetes kyle12 kyle123 kyle1234 lady123 lady1234
    lady12345 ladylady lakers lakers24 laura1 laura12 laura123 laura1234 lauren lauren1 lauren123 lawyer lebron23
    legend legend123 legend1234 lemon123 lemon1234 lemon12345 lemonlemon leonard leonard1 leonard123 leonardo
    leonardo1 leonardo123 letmein letmein! letmein1 letmein123 liberty life123 life1234 life12345 lifelife
    light123 light1234 light12345 lightlight linda1 linda12 linda123 linda1234 linkedin linux123 lion123 lion1234
    lion12345 lionlion lisa12 lisa123 lisa1234 liverpool liverpool1 lkjhgf lkjhgfd lkjhgfds lkjhgfdsa llllll
    llllllll logan1 logan12 logan123 logan1234 login123 london london1 lorena lorena1 lorena123 loser1 loser123
    louis1 louis12 louis123 louis1234 louise louise1 louise123 love123 love1234 love12345 loveable lovelove lovely
    loveme lovers loveyou lucas1 lucas12 lucas123 lucas1234 lucia1 lucia12 lucia123 lucia1234 lucifer lucky123
    lucky1234 lucky12345 lucky13 lucky7 luckylucky luis12 luis123 luis1234 madison madison1 madison123 magic123
    magic1234 magic12345 magicmagic manager manager1 manchester manuel manuel1 manuel123 manutd marcel marcel1
    marcel123 march123 marcus marcus1 marcus123 margaret margaret1 margaret123 maria1 maria12 maria123 maria1234
    mariana mariana1 mariana123 marie1 marie12 marie123 marie1234 marina marina1 marina123 marine marine123
    marine1234 mario1 mario12 mario123 mario1234 marissa marissa1 marissa123 mark12 mark123 mark1234 marlboro
    martin martin1 martin123 martina martina1 martina123 master master1 master123 master1234 mastermind mateo1
    mateo12 mateo123 mateo1234 matrix matrix123 matrix1234 matthew matthew1 matthew123 maurice maurice1 maurice123
    maverick max123 max1234 maximilian maximilian1 maximilian123 megaman megan1 megan12 megan123 megan1234 melanie
    melanie1 melanie123 melissa melissa1 melissa123 mercedes mercury mercury123 mercury1234 messi10 metal666
    metallica mexico mexico123 mexico1234 michael michael1 michael123 michelle michelle1 michelle123 mickey
    mickey1 microsoft midnight midnight123 midnight1234 miguel miguel1 miguel123 minecraft minecraft1 minnie
    miranda miranda1 miranda123 mmmmmm mmmmmmmm mnbvcx mnbvcxz mohamed mohamed1 mohamed123 mohammed mohammed1
    mohammed123 mommy1 monday money123 money1234 money12345 moneyman moneymoney monica monica1 monica123 monkey
    monkey1 monkey123 monster monster123 monster1234 moon123 moon1234 moon12345 moonmoon morgan morgan1 morgan123
    mother mother1 mountain mountain123 mountain1234 music123 music1234 music12345 musica musicmusic mustang
    mustang1 mypass mypass123 mypassword mysql123 mystery nancy1 nancy12 nancy123 nancy1234 naruto naruto1 natalia
    natalia1 natalia123 natalie natalie1 natalie123 nathan nathan1 nathan123 nbvcxz ncc1701 neo123 network
    network1 newpass newpass1 newpassword newyork nicholas nicholas1 nicholas123 nicolas nicolas1 nicolas123
    nicole nicole1 nicole123 nikita nikita1 nikita123 ninja1 ninja123 ninja1234 ninja12345 ninjaninja nintendo
    nirvana nnnnnn nnnnnnnn nokia123 nopass nopassword norman norman1 norman123 nothing nothing1 nothing123
    november number1 numberone nurse123 ocean123 ocean1234 ocean12345 oceanocean october office office365 oiuytr
    oiuytre oiuytrew oiuytrewq oldpassword oliver oliver1 oliver123 olivia olivia1 olivia123 one234 onepiece
    onetwothree oooooo oooooooo opensesame oracle oracle1 orange orange1 oscar1 oscar12 oscar123 oscar1234
    p@ssw0rd p@ssword pa$$word pa55word pablo1 pablo12 pablo123 pablo1234 packers pamela pamela1 pamela123
    panda123 panda1234 panda12345 pandapanda panther panther123 panther1234 paris123 pass123 pass1234 pass12345
    passpass passw0rd passw0rd1 password password! password01 password1 password1! password12 password123!
    password1234 password2 password2015 password2015! password2016 password2016! password2017 password2017!
    password2018 password2018! password2019 password2019! password2020 password2020! password2021 password2021!
    password2022 password2022! password2023 password2023! password2024 password2024! password2025 password2025!
    password2026 password2026! password2027 password2027! password2028 password2028! password2029 password2029!
    password2030 password2030! passwords passwort patricia patricia1 patricia123 patrick patrick1 patrick123
    patriots paul12 paul123 paul1234 paula1 paula12 paula123 paula1234 peace123 peace1234 peace12345 peacepeace
    peanut peanut123 peanut1234 pearl123 pearl1234 pearl12345 pearlpearl penguin penguin123 penguin1234 pepper
    pepper1 pepsi123 peter1 peter12 peter123 peter1234 phantom philip philip1 philip123 phoenix phoenix1 pikachu
    pirate pirate123 pirate1234 pizza123 pizza1234 pizza12345 pizzapizza planet planet123 planet1234 player
    player123 player1234 playstation poiuyt poiuytr poiuytre poiuytrew poiuytrewq pokemon pokemon1 police porsche
    postgres power123 power1234 power12345 powerpower pppppp pppppppp precious prince prince1 princess princess1
    princess123 private private1 puppy123 puppy1234 puppy12345 puppypuppy purple purple1 pussy69 q12wsx q12wsxc
    q12wsxcd q12wsxcde q12wsxcde3 q1w2e3 q1w2e3r q1w2e3r4 q1w2e3r4t q1w2e3r4t5 q1w2e3r4t5y q1w2e3r4t5y6 q2w3e4
    q2w3e4r q2w3e4r5 q2w3e4r5t q2w3e4r5t6 q2w3e4r5t6y q2w3e4r5t6y7 qaz123 qaz2ws qaz2wsx qaz2wsx3 qaz2wsx3e
    qaz2wsx3ed qaz2wsx3edc qaz2wsx3edc4 qazqaz qazwsx qazwsxedc qazxsw qazxsw2 qazxsw23 qazxsw23e qazxsw23ed
    qazxsw23edc qqqqqq qqqqqqqq queen123 queen1234 queen12345 queenqueen qwe123 qweasd qweasdzxc qweqwe qwer1234
    qwert123 qwerty qwerty1 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyu qwertyui qwertyuio
    qwertyuiop qwertz qwertzu qwertzui qwertzuio qwertzuiop rabbit rabbit123 rabbit1234 rachel rachel1 rachel123
    raiders rainbow rainbow123 rainbow1234 ralph1 ralph12 ralph123 ralph1234 ramona ramona1 ramona123 random
    random123 random1234 ranger ranger1 rangers raspberry raymond raymond1 raymond123 realmadrid rebecca rebecca1
    rebecca123 rebel123 rebel1234 rebel12345 rebelrebel redis123 redneck redred redsox ricardo ricardo1 ricardo123
    rich123 richard richard1 richard123 robert robert1 robert123 roberto roberto1 roberto123 robin1 robin12
    robin123 robin1234 roblox roblox123 rocket rocket123 rocket1234 rockstar rockyou rodrigo rodrigo1 rodrigo123
    roland roland1 roland123 ronald ronald1 ronald123 ronaldo ronaldo7 root123 rootroot rose123 rose1234 rose12345
    rosemary rosemary1 rosemary123 roserose rrrrrr rrrrrrrr rtyuio rtyuiop rtzuio rtzuiop runner runner123
    runner1234 russell russell1 russell123 russia russia123 russia1234 ryan12 ryan123 ryan1234 sabrina sabrina1
    sabrina123 safety sailor sailor123 sailor1234 samantha samantha1 samantha123 sample sample123 samsung samsung1
    samuel samuel1 samuel123 samurai sandra sandra1 sandra123 santiago santiago1 santiago123 sarah1 sarah12
    sarah123 sarah1234 sasuke satan666 saturday school school1 scooby scooby1 scorpion scorpion123 scorpion1234
    scott1 scott12 scott123 scott1234 sdfghj sdfghjk sdfghjkl sebastian sebastian1 sebastian123 secret secret1
    secret123 secure secure123 security security1 sephiroth sergio sergio1 sergio123 server server1 sesame sex123
    sexsex sexyboy sexygirl shadow shadow1 shadow123 shark123 shark1234 shark12345 sharkshark sharon sharon1
    sharon123 sheila sheila1 sheila123 silver silver1 simpson sky123 sky1234 sky12345 skysky skywalker slipknot
    smile123 smile1234 smile12345 smilesmile smoke420 snickers sniper snoopy snoopy1 snow123 snow1234 snow12345
    snowsnow soccer soccer1 soccer123 soccer1234 soldier sonic123 sophia sophia1 sophia123 sophie sophie1
    sophie123 spider spider123 spider1234 spiderman spirit spirit123 spirit1234 spring spring2015 spring2015!
    spring2016 spring2016! spring2017 spring2017! spring2018 spring2018! spring2019 spring2019! spring2020
    spring2020! spring2021 spring2021! spring2022 spring2022! spring2023 spring2023! spring2024 spring2024!
    spring2025 spring2025! spring2026 spring2026! spring2027 spring2027! spring2028 spring2028! spring2029
    spring2029! spring2030 spring2030! ssssss ssssssss star123 star1234 star12345 starcraft starstar startrek
    starwars starwars1 steelers stefan stefan1 stefan123 stephanie stephanie1 stephanie123 stephen stephen1
    stephen123 steven steven1 steven123 stewart stewart1 stewart123 stone123 stone1234 stone12345 stoned
    stonestone storm123 storm1234 storm12345 stormstorm strong strong123 strong1234 student student1 stupid
    stupid1 sugar123 sugar1234 sugar12345 sugarsugar summer summer1 summer123 summer1234 summer2015 summer2015!
    summer2016 summer2016! summer2017 summer2017! summer2018 summer2018! summer2019 summer2019! summer2020
    summer2020! summer2021 summer2021! summer2022 summer2022! summer2023 summer2023! summer2024 summer2024!
    summer2025 summer2025! summer2026 summer2026! summer2027 summer2027! summer2028 summer2028! summer2029
    summer2029! summer2030 summer2030! sun123 sun1234 sun12345 sunday sunshine sunshine1 sunshine123 sunsun
    super123 super1234 super12345 superman superman1 supersuper susan1 susan12 susan123 susan1234 sweet123
    sweet1234 sweet12345 sweetheart sweetie sweetsweet sweety sylvia sylvia1 sylvia123 system system123 system1234
    tamara tamara1 tamara123 tatiana tatiana1 tatiana123 taylor taylor1 taylor123 teacher teacher1 temp123
    temp1234 temporary temppass tennis tequila teresa teresa1 teresa123 test123 test1234 tester testing testing1
    testing123 testtest texas123 theodore theodore1 theodore123 theresa theresa1 theresa123 thomas thomas1
    thomas123 thunder thunder123 thunder1234 thx1138 tiffany tiffany1 tiffany123 tiger123 tiger1234 tiger12345
    tigertiger tigger tigger1 timothy timothy1 timothy123 toor123 topsecret toyota trinity trustno1 tttttt
    tttttttt turtle turtle123 turtle1234 tweety tweety1 twitter twix123 tyler1 tyler12 tyler123 tyler1234 ubuntu
    unicorn unicorn123 unicorn1234 university user123 user1234 username useruser usuario uuuuuu uuuuuuuu uytrew
    uytrewq valentina valentina1 valentina123 valeria valeria1 valeria123 vampire vanessa vanessa1 vanessa123
    vegeta veronica veronica1 veronica123 victor victor1 victor123 victoria victoria1 victoria123 victory
    victory123 victory1234 vincent vincent1 vincent123 violet violet123 violet1234 viper123 viper1234 viper12345
    viperviper virginia virginia1 virginia123 vodka123 vvvvvv vvvvvvvv w2e3r4 w2e3r4t w2e3r4t5 w2e3r4t5y
    w2e3r4t5y6 w3e4r5 w3e4r5t w3e4r5t6 w3e4r5t6y w3e4r5t6y7 w3e4r5t6y7u walter walter1 walter123 warcraft warrior
    warrior1 water123 water1234 water12345 waterwater weed420 welcome welcome! welcome1 welcome1! welcome12
    welcome123 welcome2015 welcome2015! welcome2016 welcome2016! welcome2017 welcome2017! welcome2018 welcome2018!
    welcome2019 welcome2019! welcome2020 welcome2020! welcome2021 welcome2021! welcome2022 welcome2022!
    welcome2023 welcome2023! welcome2024 welcome2024! welcome2025 welcome2025! welcome2026 welcome2026!
    welcome2027 welcome2027! welcome2028 welcome2028! welcome2029 welcome2029! welcome2030 welcome2030! wendy1
    wendy12 wendy123 wendy1234 werewolf wertyu wertyui wertyuio wertyuiop wertzu wertzui wertzuio wertzuiop wesley
    wesley1 wesley123 whatever whatever1 whiskey whitey william william1 william123 windows windows1 windows10
    winston winston1 winston123 winter winter1 winter123 winter2015 winter2015! winter2016 winter2016! winter2017
    winter2017! winter2018 winter2018! winter2019 winter2019! winter2020 winter2020! winter2021 winter2021!
    winter2022 winter2022! winter2023 winter2023! winter2024 winter2024! winter2025 winter2025! winter2026
    winter2026! winter2027 winter2027! winter2028 winter2028! winter2029 winter2029! winter2030 winter2030! wizard
    wizard123 wizard1234 wolf123 wolf1234 wolf12345 wolfwolf wolverine work1234 world123 world1234 world12345
    worldworld wwwwww wwwwwwww xavier xavier1 xavier123 xcvbnm xxxxxx xxxxxxxx yahoo1 yahoo123 yamaha yankee
    yankee123 yankee1234 yankees yankees1 yellow yellow1 yellow12 yolanda yolanda1 yolanda123 youtube yyyyyy
    yyyyyyyy z2wsx3 z2wsx3e z2wsx3ed z2wsx3edc z2wsx3edc4 z2wsx3edc4r z2wsx3edc4rf zachary zachary1 zachary123
    zaq12w zaq12ws zaq12wsx zaq12wsxc zaq12wsxcd zaq12wsxcde zaq12wsxcde3 zaq1xsw2 zaq1zaq1 zebra123 zebra1234
    zebra12345 zebrazebra zelda123 zero123 zertyu zertyui zertyuio zertyuiop zombie zxc123 zxcvbn zxcvbnm zxcvbnm1
    zxczxc zxsw23 zxsw23e zxsw23ed zxsw23edc zzzzzz zzzzzzzz
    """
